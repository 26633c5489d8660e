import C8Run
import Testing

@testable import C8RunCLI

@Suite struct TerminalProgressTests {
    @Test(
        arguments: [
            (
                0.4, 20_000.0, 8_100.0, 72.0, false,
                "upload  [########------------]  40 %  20,000  8,100/s  1 min 12 s left"
            ),
            (1.0, 1.0, 0.5, 0.0, true, "upload  [####################]  100 %  1  0.5/s"),
            (nil, 12_345_678.0, nil, nil, false, "upload  12,345,678"),
        ] as [(Double?, Double, Double?, Double?, Bool, String)])
    func aLineTellsHowFarItIs(
        fraction: Double?, done: Double, rate: Double?, remaining: Double?, isOver: Bool, text: String
    ) {
        let state = ProgressOutput.State(
            label: "upload", fraction: fraction, done: done, total: nil, rate: rate, remaining: remaining,
            isOver: isOver)
        #expect(TerminalProgress.text(of: state) == text)
    }

    @Test(
        arguments: [
            (80, "upload  [########------------]  40 %  20,000  8,100/s  1 min 12 s left"),
            (60, "upload  40 %  20,000  8,100/s  1 min 12 s left"),
            (46, "uploa  40 %  20,000  8,100/s  1 min 12 s left"),
            (20, "40 %  20,000  8,100"), (1, ""),
        ] as [(Int, String)])
    func aNarrowTerminalGetsALineThatFits(_ width: Int, _ text: String) {
        let state = ProgressOutput.State(
            label: "upload", fraction: 0.4, done: 20_000, total: nil, rate: 8_100, remaining: 72, isOver: false)
        #expect(TerminalProgress.text(of: state, width: width) == text)
        #expect(TextTable.width(of: TerminalProgress.text(of: state, width: width)) < max(width, 1))
    }
}
