import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// This process's own program is as good an ELF file as any.
@Suite struct LibraryFileTests {
    @Test func `a library that is cut short is told before the loader maps it`() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"))
        let file = FileManager.default.temporaryDirectory.appending(path: "penstock-library-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        for count in [whole.count, 0, 10, 64, 200, 4096] {
            try whole.prefix(count).write(to: file)
            // What is too short to be a library at all is the loader's to refuse.
            #expect(LibraryFile.isWhole(FilePath(file.path)) == (count == whole.count || count < 64), "\(count)")
        }
        try Data("not a library".utf8).write(to: file)
        #expect(LibraryFile.isWhole(FilePath(file.path)))
        #expect(LibraryFile.isWhole("/nowhere/at/all"))
    }
}
