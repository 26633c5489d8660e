import C8Client
import C8Postgres
import C8Run
import Testing

@testable import C8RunCLI

@Suite struct CommandFailureTests {
    @Test(
        arguments: [
            (.compile, false, 65), (.runtime, false, 1), (.api, false, 1), (.api, true, 69), (.http, false, 1),
            (.http, true, 69), (.network, false, 69), (.timeout, false, 69), (.denied, false, 77), (.config, false, 78),
            (.unbound, false, 1), (.invalid, false, 1), (.limit, false, 1), (.cancelled, false, 1),
            (.memoryLimit, false, 137),
            (.timeLimit, false, 124), (.instructionLimit, false, 124), (.internal, false, 70),
        ] as [(ScriptError.Kind, Bool, Int32)])
    func scriptErrorHasItsCode(_ kind: ScriptError.Kind, _ isRefusal: Bool, _ number: Int32) {
        var error = ScriptError(kind: kind, message: "m")
        error.isCredentialRefusal = isRefusal
        #expect(CommandFailure(error, stoppedBy: nil).exitCode.number == number)
    }

    @Test func everyOtherErrorHasItsCode() {
        let table: [(any Error, Int32)] = [
            (UsageError("u"), 64), (NoTests(paths: []), 65), (UnreadableScript(path: "p", reason: "r"), 66),
            (ConfigurationError("c", origin: .builtIn), 78), (ClientError(kind: .config, message: "c"), 78),
            (ClientError(kind: .network, message: "n"), 69), (CancellationError(), 70), (OutputError(number: 28), 1),
        ]
        for (error, number) in table {
            let failure = CommandFailure(error, stoppedBy: nil)
            #expect(failure.exitCode.number == number, "\(error)")
            #expect(failure.report != nil, "\(error)")
        }
    }

    @Test func commandsSayWhatToDo() {
        let table: [(any Error, String)] = [
            (NoTests(paths: []), "c8run init starts a project that has one to begin from"),
            (NoTests(paths: [], filter: "x"), "c8run test --list shows the names that --filter looks in"),
            (UsageError("u", hint: "h"), "h"),
        ]
        for (error, hint) in table {
            #expect(CommandFailure(error, stoppedBy: nil).report?.hint == hint)
        }
    }

    @Test(arguments: PostgresError.Kind.allCases)
    func aDatabaseThatCannotBeUsedIsTheServersOrTheConfigurations(kind: PostgresError.Kind) {
        let error = PostgresError(kind, at: "db.example", "p")
        let failure = Language.$current.withValue(.chinese) { CommandFailure(error, stoppedBy: nil) }
        #expect(failure.exitCode == (error.isUnavailable ? .unavailable : .configuration))
        #expect(failure.report?.hint?.isEmpty == false)
        #expect(CommandFailure(error, stoppedBy: nil).report?.hint == nil, "the message says it already")
    }

    @Test func readerThatWentAwayNeedsNoMessage() {
        #expect(CommandFailure(OutputError(number: 32), stoppedBy: nil).report == nil)
    }

    @Test(arguments: StopSignal.allCases)
    func signalExplainsAnyError(_ signal: StopSignal) {
        let failure = CommandFailure(ScriptError(kind: .cancelled, message: "m"), stoppedBy: signal)
        #expect(failure == CommandFailure(exitCode: ExitCode(stoppedBy: signal), report: nil))
    }

    @Test func reportOfAScriptErrorTellsAllThatIsKnown() {
        var error = ScriptError(kind: .api, message: "flow.lua:3: refused")
        error.operation = "logistics.orders.complete"
        error.message = "flow.lua:3: logistics.orders.complete: 订单已完成 [code 99000013, HTTP 409, trace t-1]"
        error.code = 99_000_013
        error.platformMessage = "订单已完成"
        error.traceID = "t-1"
        error.status = 409
        error.outcome = "rejected"
        error.traceback = ["flow.lua:3: in function 'f'", "flow.lua:9: in main chunk"]
        let script = Script(
            source: Array("--\n\nc8.logistics.orders.complete { orderNo = 'LO-1' }\n".utf8), name: "flow.lua")
        let text = ErrorPrinter(stream: .standardError, usesColor: false)
            .text(of: ErrorReport(error, sources: ScriptSources(script: script)))
        #expect(
            text == """
                c8run: error: flow.lua:3: logistics.orders.complete: 订单已完成
                  3 | c8.logistics.orders.complete { orderNo = 'LO-1' }
                    |    ^^^^^^^^^^^^^^^^^^^^^^^^^
                  code         99000013
                  trace id     t-1
                  HTTP status  409
                  outcome      rejected: the platform said no, and did nothing
                traceback:
                  flow.lua:3: in function 'f'
                  flow.lua:9: in main chunk
                hint: the code is one of this operation's own: c8run api show logistics.orders.complete lists those that are known

                """)
    }
}
