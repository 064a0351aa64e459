import Foundation
import PenstockCommands
import PenstockCore
import Testing

@Suite struct DescriptorSinkTests {
    @Test func writesMoreThanAPipeHolds() async throws {
        let pipe = Pipe()
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let reader = Task.detached { pipe.fileHandleForReading.readDataToEndOfFile() }
        // Not blocking, as a shell or another program may have set it.
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        try await Task.detached {
            try DescriptorSink(borrowing: descriptor, named: "a pipe").write(bytes)
            try pipe.fileHandleForWriting.close()
        }.value
        #expect([UInt8](await reader.value) == bytes)
    }

    @Test func saysThatTheReaderHasGone() throws {
        // Has the process ignore the signal that would end it.
        _ = CommandEnvironment.ofThisProcess()
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let sink = DescriptorSink(borrowing: pipe.fileHandleForWriting.fileDescriptor, named: "standard output")
        let error = #expect(throws: PenstockError.self) { try sink.write([1]) }
        #expect(error?.code == .closedPipe)
    }

    @Test func saysThatTheDiskIsFull() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let sink = DescriptorSink(borrowing: full.fileDescriptor, named: "standard output")
        let error = #expect(throws: PenstockError.self) { try sink.write([1]) }
        #expect(error?.code == .inputOutput && error?.message.contains("the disk is full") == true)
    }
}

@Suite struct CommandEnvironmentTests {
    @Test func readsTheVariables() {
        let environment = CommandEnvironment.ofThisProcess()
        #expect(environment.variables["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(environment.terminalWidth > 0)
    }

    @Test func escapesWhatItReports() {
        let streams = TestEnvironment()
        streams.environment().report("a\u{1B}b")
        #expect(streams.error.text == "penstock: a\\x1Bb\n")
    }
}
