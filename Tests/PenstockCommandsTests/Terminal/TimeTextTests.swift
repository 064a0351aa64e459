import PenstockCommands
import Testing

@Suite struct TimeTextTests {
    @Test(arguments: [
        (Duration.zero, "0"), (.milliseconds(400), "0.4"), (.seconds(12), "12"), (.nanoseconds(33_366_667), "0.033367"),
        (.nanoseconds(1_999_999_600), "2"), (.milliseconds(-40), "-0.04"), (.nanoseconds(-400), "0"),
        (.seconds(20_000_000_000), "20000000000"), (.seconds(Int64.max), "9223372036854775807"),
        (.seconds(Int64.min), "-9223372036854775808"),
    ]) func `writes spans as plain seconds`(duration: Duration, text: String) {
        #expect(TimeText.seconds(duration) == text)
    }
}
