import Testing

@testable import C8RunCLI

@Suite struct QuantityTextTests {
    @Test(
        arguments: [
            ("1.5s", .milliseconds(1500)), ("500ms", .milliseconds(500)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
            ("1d", .seconds(86_400)), ("90", .seconds(90)), ("0.25", .milliseconds(250)), ("0", .zero),
        ] as [(String, Duration)])
    func durationIsRead(_ text: String, _ expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: [
        "", "s", "-1s", "+1", "1.5.2", "1.", ".5", "1 s", "1e3", "inf", "nan", "0x10", "1S", "1min", "١s",
        "99999999999999999999h",
    ])
    func textThatIsNoDurationIsRefused(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: [
        ("512MiB", 536_870_912), ("64MB", 64_000_000), ("1GiB", 1_073_741_824), ("1gib", 1_073_741_824), ("4096", 4096),
        ("1.5KiB", 1536), ("1b", 1), ("16m", 16_777_216), ("2GB", 2_000_000_000), ("8kb", 8000),
    ])
    func sizeIsRead(_ text: String, _ expected: Int) {
        #expect(ByteSizeText.parse(text) == expected)
    }

    @Test(arguments: ["", "0", "MiB", "-1MiB", "1 MiB", "1TiBB", "1e9", "0.1", "99999999999999999999", "1MiBx"])
    func textThatIsNoSizeIsRefused(_ text: String) {
        #expect(ByteSizeText.parse(text) == nil)
    }
}
