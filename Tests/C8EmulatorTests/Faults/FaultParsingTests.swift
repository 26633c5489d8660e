import C8Emulator
import Testing

struct FaultParsingTests {
    @Test(arguments: [
        ("cut-request", Fault(.cutRequest)), ("cut-before,times=1", Fault(.cutBefore, times: 1)),
        ("cut-after,on=production.*", Fault(.cutAfter, on: "production.*")), ("cut-answer", Fault(.cutAnswer)),
        ("delay:0.5,chance=0.25", Fault(.delay(0.5), chance: 0.25)), ("slow:2,skip=3", Fault(.slow(2), skip: 3)),
        ("status:429,retry-after=2", Fault(.status(429), retryAfter: 2)),
        ("status-after:502", Fault(.statusAfter(502))), ("envelope:text-code", Fault(.envelope(.textCode))),
        ("token:meta,on=production.orders.create", Fault(.token(.meta), on: "production.orders.create")),
        ("rate-limit,times=2", Fault(.rateLimit, times: 2)),
    ])
    func textIsUnderstood(text: String, fault: Fault) throws {
        let parsed = try Fault(parsing: text)
        #expect(parsed == fault)
    }

    @Test(arguments: [
        ("", "the kinds are cut-request"), ("cut", "the kinds are"), ("delay", "seconds from 0 to 3600"),
        ("delay:-1", "seconds from 0 to 3600"), ("delay:nan", "seconds"),
        ("status:200", "an HTTP status from 400 to 599"),
        ("status:abc", "an HTTP status"), ("envelope:odd", "html, empty, truncated"), ("token:", "invalid, expired"),
        ("cut-after,", "name=value"), ("cut-after,times", "name=value"), ("cut-after,times=-1", "a whole number"),
        ("cut-after,times=99999999999999999999", "a whole number"), ("cut-after,chance=2", "from 0 to 1"),
        ("cut-after,on=nothing.here", "none matches nothing.here"), ("cut-after,often=1", "the options are on, chance"),
        ("cut-before:3", "the kinds are"),
    ])
    func whatIsWrongIsSaid(text: String, message: String) {
        do throws(EmulatorError) {
            let fault = try Fault(parsing: text)
            Issue.record("taken as \(fault)")
        } catch {
            #expect(error.kind == .invalidConfiguration)
            #expect(error.message.contains(message), "\(error)")
        }
    }
}
