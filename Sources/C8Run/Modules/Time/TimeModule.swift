import C8Client
import Glibc
import LuaRuntime

/// `c8.time`: the clocks, ISO 8601 times with their zones, and ISO 8601 durations. Times are seconds since 1970, UTC.
enum TimeModule {
    static let module = HostModule(name: "c8.time") { context in
        let now = context.configuration.clock.map(clocks) ?? machine
        return (now + functions).map { ($0.0, .hostFunction($0.1)) }
    }

    private static let machine: [(String, HostFunction)] = [
        ("now", HostFunction.direct("now") { call in try call.append(clock(CLOCK_REALTIME)) }),
        ("monotonic", HostFunction.direct("monotonic") { call in try call.append(clock(CLOCK_MONOTONIC)) }),
    ]

    private static func clocks(_ clock: any ClientClock) -> [(String, HostFunction)] {
        [
            ("now", HostFunction.direct("now") { call in try call.append(clock.now()) }),
            ("monotonic", HostFunction.direct("monotonic") { call in try call.append(clock.monotonic()) }),
        ]
    }

    private static let functions: [(String, HostFunction)] = [
        (
            "parse",
            HostFunction.function("parse") { arguments in
                let zone = try zone(arguments, 2) ?? .utc
                do {
                    return [number(try CivilTime.parse(try arguments.text(1), defaultZone: zone))]
                } catch let problem as CivilTime.Problem {
                    throw arguments.error(1, problem.description)
                }
            }
        ),
        (
            "format",
            HostFunction.function("format") { arguments in
                let seconds = try arguments.number(1)
                guard abs(seconds) < 2.5e11 else {
                    throw arguments.error(1, "seconds since 1970 expected, of a year up to 9999")
                }
                return [.string(CivilTime.format(seconds, zone: try zone(arguments, 2) ?? .utc))]
            }
        ),
        (
            "duration",
            HostFunction.function("duration") { arguments in
                guard let seconds = ISODuration.seconds(try arguments.text(1)) else {
                    throw arguments.error(1, "an ISO 8601 duration such as PT8H expected")
                }
                return [number(seconds)]
            }
        ),
    ]

    /// A zone as a string, or as the field `zone` of a table of options.
    private static func zone(_ arguments: LuaArguments, _ position: Int) throws -> CivilTime.Zone? {
        let text: String
        switch arguments[position] {
        case .nil: return nil
        case .table(let options):
            guard case .string(let value)? = options["zone"] else { return nil }
            text = value.description
        default: text = try arguments.text(position)
        }
        guard let zone = CivilTime.Zone(text) else {
            throw arguments.error(position, "zone must be 'UTC', 'local' or an offset such as '+08:00'")
        }
        return zone
    }

    /// Whole seconds are integers, as scripts compare and print them.
    private static func number(_ seconds: Double) -> LuaValue {
        Int64(exactly: seconds).map { .integer($0) } ?? .number(seconds)
    }

    private static func clock(_ id: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(id, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
