import PenstockInference
import Testing

@testable import PenstockCommands

@Suite struct JobRecordTests {
    @Test func `the tensors that were named are part of what a job depends on`() {
        let plain = JobRecord(fields: JobRecord.fields(TensorChoice()))
        let named = JobRecord(fields: JobRecord.fields(TensorChoice(signature: "serve", output: "scores")))
        #expect(plain.fields.isEmpty)
        #expect(named.differences(from: plain) == ["output-tensor", "signature"])
        #expect(JobRecord(text: named.text) == named)
    }
}
