import C8Queue
import Fuzzing
import Testing

/// Against a look at each minute.
@Suite(.timeLimit(.minutes(2))) struct CronExpressionFuzzTests {
    /// A zone whose clocks are put forward and back, far enough from one another.
    private struct Zone {
        var changes: [(time: Int, offset: Int)] = []

        init(_ generator: inout SeededGenerator, from start: Int) {
            var time = (start / 60 - 20 * 1440) * 60
            for _ in 0..<6 {
                changes.append((time, generator.pick([-36000, -3600, 0, 1800, 3600, 7200, 9000, 20700, 28800])))
                if changes.count > 1 {
                    // By no more than clocks are put in one go.
                    let before = changes[changes.count - 2].offset
                    changes[changes.count - 1].offset =
                        before + generator.pick([-7200, -3600, -1800, 1800, 3600, 7200])
                }
                time += (3 * 1440 + generator.number(below: 20 * 1440)) * 60
            }
        }

        func offset(_ time: Int) -> Int { changes.last { $0.time <= time }?.offset ?? changes[0].offset }
    }

    private static func field(_ generator: inout SeededGenerator, _ field: CronField) -> (
        text: String, values: Set<Int>
    ) {
        let (low, high) = (field.range.lowerBound, field == .weekday ? 6 : field.range.upperBound)
        switch generator.number(below: 4) {
        case 0: return ("*", Set(low...high))
        case 1:
            let step = 1 + generator.number(below: high - low)
            return ("*/\(step)", Set(stride(from: low, through: high, by: step)))
        case 2:
            let first = low + generator.number(below: high - low + 1)
            let last = first + generator.number(below: high - first + 1)
            let step = 1 + generator.number(below: 3)
            return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
        default:
            let values = (0...generator.number(below: 3)).map { _ in low + generator.number(below: high - low + 1) }
            return (values.map(String.init).joined(separator: ","), Set(values))
        }
    }

    @Test func theNextMomentIsThatOfALookAtEachMinute() async {
        await Fuzzing.loop(least: 100) { seed in
            var generator = SeededGenerator(seed: seed)
            let fields = CronField.allCases.map { Self.field(&generator, $0) }
            let text = fields.map(\.text).joined(separator: " ")
            guard let expression = try? CronExpression(text) else { return }
            let start = (20_000 + generator.number(below: 20_000)) * 86400 + generator.number(below: 86400)
            let zone = Zone(&generator, from: start)
            let isAny = fields.map { $0.text.hasPrefix("*") }
            func fits(_ local: Int) -> Bool {
                let days = Int((Double(local) / 86400).rounded(.down))
                let (date, minute) = (CivilDate(days: days), (local - days * 86400) / 60)
                let day = fields[2].values.contains(date.day)
                let weekday = fields[4].values.contains(CivilDate.weekday(days: days))
                return fields[0].values.contains(minute % 60) && fields[1].values.contains(minute / 60)
                    && fields[3].values.contains(date.month) && (isAny[2] || isAny[4] ? day && weekday : day || weekday)
            }
            func fires(_ time: Int) -> Bool {
                let (before, shift) = (zone.offset(time - 1), zone.offset(time))
                if shift > before, stride(from: time + before, to: time + shift, by: 60).contains(where: fits) {
                    return true
                }
                guard fits(time + shift) else { return false }
                if isAny[1] { return true }
                return !stride(from: time - 60, through: time - 10800, by: -60).contains {
                    $0 + zone.offset($0) == time + shift
                }
            }
            let end = start + 12 * 86400
            let expected = stride(from: (start / 60 + 1) * 60, through: end, by: 60).first(where: fires)
            let found = expression.next(after: Double(start), offset: zone.offset).map { Int($0) }
            #expect(found.map { $0 <= end } != true || expected != nil, "seed \(seed): \(text) after \(start)")
            if let expected { #expect(found == expected, "seed \(seed): \(text) after \(start)") }
        }
    }

    @Test func nothingThatIsWrittenMakesItFail() async {
        let pieces = [
            "*", "/", "-", ",", " ", "?", "0", "5", "59", "60", "7", "MON", "jan", "@daily", "@", "L", "#", "\t", "月",
            "\0",
        ]
        await Fuzzing.loop(least: 2000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(of: pieces, most: 14)
            do throws(CronError) {
                let expression = try CronExpression(text)
                let next = expression.next(after: 1.8e9) { _ in 28800 }
                #expect((next ?? 0) > 1.8e9, "seed \(seed): \(text)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func everyDayHasItsNumber() {
        var weekday = CivilDate.weekday(days: -800_000)
        for days in -800_000...200_000 {
            let date = CivilDate(days: days)
            guard date.days == days, (1...12).contains(date.month), CivilDate.weekday(days: days) == weekday else {
                Issue.record("\(days)")
                return
            }
            weekday = (weekday + 1) % 7
        }
    }
}
