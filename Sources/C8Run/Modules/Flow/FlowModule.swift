import C8Client
import C8Flow
import C8Platform
import Crypto
import Logging
import LuaRuntime

/// `c8.flow`: what `c8/flow.lua` is made of. The steps' rules are those of ``FlowSteps``; here they meet the journal, the
/// script's tasks and its values.
struct FlowModule: Sendable {
    static let module = HostModule(name: "c8.flow", library: "c8/flow.lua") { context in
        let flow = FlowModule(context)
        return TaskFunctions.all + [
            ("open", .hostFunction(flow.open)), ("finish", .hostFunction(flow.finish)),
            ("fail", .hostFunction(flow.fail)), ("call", .hostFunction(flow.call)),
            ("event", .hostFunction(flow.event)), ("adopt", .hostFunction(flow.adopt)),
            ("leave", .hostFunction(flow.leave)), ("stop", .hostFunction(stop(context.flows))),
            ("same_flow", .hostFunction(flow.isSameFlow)),
            ("since_write", .hostFunction(flow.sinceWrite)),
            ("settle", .number(SettleTime.seconds)),
            ("sleep_until", .hostFunction(flow.sleepUntil)), ("random", .hostFunction(random)),
        ]
    }

    private let runs: FlowRuns
    private let script: Script
    private let platform: PlatformServices?
    private let clock: any ClientClock
    private var now: @Sendable () -> Double { clock.now }

    private init(_ context: ModuleContext) {
        runs = context.flows
        script = context.script
        platform = context.configuration.platform
        clock = context.configuration.clock ?? SystemClock()
    }

    // MARK: - Flows

    /// `open(id, wait)` → true and the result of a finished flow; or false, the flow's tag and its input.
    private var open: HostFunction {
        HostFunction.async("run") { arguments in
            let id: FlowID
            do {
                id = try FlowID(try arguments.text(1))
            } catch let error as FlowNameError {
                throw arguments.error(1, "\(error)")
            }
            let patience = arguments.isNone(2) ? nil : try arguments.number(2)
            guard let services = runs.services else {
                throw FlowError(kind: .config, message: "this host keeps no journal, so it runs no flows")
            }
            guard runs.reserve(id) else {
                throw FlowError(kind: .invalid, message: "flow \"\(id)\" is being run by this script already")
            }
            do {
                return try await runs.keepingOpen {
                    let journal = try await services.journal()
                    let request = FlowRequest(
                        id: id, script: script.name, scriptHash: Encodings.hex(Array(SHA256.hash(data: script.source))),
                        input: services.input,
                        owner: services.owner)
                    switch try await claim(request, journal, patience: patience) {
                    case .finished(let result):
                        runs.unreserve(id)
                        return [.boolean(true), Self.value(result)]
                    case .claimed(let claim, let steps):
                        let run: FlowRun
                        do {
                            run = try FlowRun(claim, steps: steps, journal: journal, now: now)
                        } catch {
                            await journal.release(claim)
                            throw error
                        }
                        let input: LuaValue = services.input.map(Self.value) ?? .nil
                        return [.boolean(false), .integer(runs.add(run)), input]
                    }
                }
            } catch {
                runs.unreserve(id)
                throw error is CancellationError ? error : FlowError(error)
            }
        }
    }

    /// Claims the flow, waiting for whoever has it.
    private func claim(
        _ request: FlowRequest, _ journal: any FlowJournal, patience: Double?
    ) async throws -> FlowOpening {
        let began = ContinuousClock.now
        var pause = 0.02
        var hasSaidWhy = false
        while true {
            do {
                return try await journal.claim(request, at: now())
            } catch FlowJournalError.held(let id, by: let owner, let since) {
                let waited = (ContinuousClock.now - began) / .seconds(1)
                if let patience, waited >= patience {
                    throw FlowError(
                        kind: .timeout, message: "\(FlowJournalError.held(id, by: owner, since: since))")
                }
                if !hasSaidWhy, waited > 0.5 {
                    hasSaidWhy = true
                    runs.logger.notice(
                        "waiting for the flow, which another process runs",
                        metadata: ["flow": "\(id)", "owner": "\(owner.map { "\($0)" } ?? "unknown")"])
                }
                // Uneven, so that many who wait do not look at the same time.
                let nap = min(pause * .random(in: 0.5...1.5), patience.map { max(0.001, $0 - waited) } ?? 1)
                try await Task.sleep(for: .seconds(nap))
                pause = min(pause * 1.5, 0.5)
            }
        }
    }

    /// `finish(tag, value)` → the value as a later run would get it.
    private var finish: HostFunction {
        HostFunction.async("run") { arguments in
            let place = try place(arguments, 1)
            let text = try text(arguments[2], name: "result")
            try await place.run.finish(result: text)
            runs.unreserve(place.run.claim.id)
            return [Self.value(text)]
        }
    }

    /// `fail(tag, message)`.
    private var fail: HostFunction {
        // Not an asynchronous function: a task that is cancelled may not wait, but must be able to give its flow up.
        HostFunction.function("run") { arguments in
            guard let place = runs.place(try arguments.integer(1)) else { return [] }
            runs.giveUp(place.run, because: hidden(try arguments.string(2).description))
            return []
        }
    }

    // MARK: - Steps

    /// `call(scope's tag, task, name, seconds or nil)` → an action. See ``answer(_:_:tag:)``.
    private var call: HostFunction {
        HostFunction.prompt("step") { arguments, isAlone in
            let place = try place(arguments, 1)
            let task = try arguments.integer(2)
            let isParallel = task != place.task
            let name = try arguments.text(3)
            let scope = try arguments.integer(1)
            guard !isParallel || runs.isFirst("step \(name)", within: scope) else {
                throw FlowError(
                    kind: .invalid,
                    message:
                        "parallel tasks call step \"\(name)\" twice, which a later run could not tell apart: put what "
                        + "they work on into the name")
            }
            let seconds = arguments.isNone(4) ? nil : try arguments.number(4)
            let turn = try place.run.begin(name, in: place.key, isParallel: isParallel, seconds: seconds)
            if isAlone, try place.run.keepInPlace(turn) { return .values(begun(turn.transition, place.run, task)) }
            return .later {
                try await place.run.keep(turn)
                return begun(turn.transition, place.run, task)
            }
        }
    }

    private func begun(_ transition: StepTransition, _ run: FlowRun, _ task: Int64) -> [LuaValue] {
        if case .finish(let result) = transition.action { return [.string("finish"), Self.value(result)] }
        return answer(transition, run, tag: runs.enter(transition.key, of: run, task: task))
    }

    /// `event(step's tag, name, …)` → an action.
    private var event: HostFunction {
        HostFunction.prompt("step") { arguments, isAlone in
            let place = try place(arguments, 1)
            let event = try event(arguments)
            let tag = try arguments.integer(1)
            let turn: FlowTurn
            do {
                turn = try place.run.take(event, of: place.key)
                if isAlone, try place.run.keepInPlace(turn) {
                    return .values(applied(turn.transition, place.run, tag: tag, arguments))
                }
            } catch {
                return .values(try unkept(error, place, tag: tag))
            }
            return .later {
                do {
                    try await place.run.keep(turn)
                } catch {
                    return try unkept(error, place, tag: tag)
                }
                return applied(turn.transition, place.run, tag: tag, arguments)
            }
        }
    }

    /// The script must not go on as if nothing had been written, whatever it makes of errors.
    private func unkept(_ error: any Error, _ place: FlowRuns.Place, tag: Int64) throws -> [LuaValue] {
        guard let (step, reason) = place.run.unkept(place.key) else { throw error }
        return [.string("stop"), .string(unkeptMessage(step, reason, place.run)), .integer(tag)]
    }

    private func applied(
        _ transition: StepTransition, _ run: FlowRun, tag: Int64, _ arguments: LuaArguments
    ) -> [LuaValue] {
        if case .finish = transition.action { runs.leave(tag) }
        if case .stop(let step) = transition.action, case .string(let problem) = arguments[3] {
            let message = stopMessage(step, run, verifyFailedWith: hidden(problem.description))
            return [.string("stop"), .string(message), .integer(tag)]
        }
        return answer(transition, run, tag: tag)
    }

    private func event(_ arguments: LuaArguments) throws -> StepEvent {
        switch try arguments.text(2) {
        case "ended": return .ended(result: try text(arguments[3], name: "result"))
        case "verified":
            return .verified(result: arguments.isNone(3) ? nil : try text(arguments[3], name: "verified"))
        case "failed":
            let trace = arguments.isNone(4) ? nil : try arguments.string(4).description
            return .failed(error: hidden(try arguments.string(3).description), traceID: trace)
        case "unverified": return .unverified
        case "retried": return .retried
        case "woke": return .woke
        default: return .left
        }
    }

    /// What an action is to Lua: its name, what goes with it, and the step's tag.
    private func answer(_ transition: StepTransition, _ run: FlowRun, tag: Int64) -> [LuaValue] {
        let tag = LuaValue.integer(tag)
        switch transition.action {
        case .finish(let result): return [.string("finish"), Self.value(result)]
        case .run(let attempt): return [.string("run"), .integer(Int64(attempt)), tag]
        case .settle(let step): return [.string("settle"), Self.fields(of: step), tag]
        case .wait(let until): return [.string("wait"), .number(until), tag]
        case .fail: return [.string("fail"), .nil, tag]
        case .stop(let step): return [.string("stop"), .string(stopMessage(step, run)), tag]
        case .unwind, .proceed: return [.string("proceed"), .nil, tag]
        }
    }

    /// - Parameter problem: what `verify` has failed with, where the step has one.
    private func stopMessage(_ step: FlowStep, _ run: FlowRun, verifyFailedWith problem: String? = nil) -> String {
        let error = step.error ?? "the process ended"
        let accepted = step.calls.count { $0.outcome == .accepted }
        var text = "flow \"\(run.claim.id)\" stops at step \"\(step.key)\": "
        if accepted > 0, accepted == step.writes {
            text += "it failed after what it wrote had been accepted: \(error)"
        } else {
            text += "it is not known whether what it wrote\(Self.write(step)) took place: \(error)"
        }
        text += Self.answers(step, run)
        if let problem { text += ". Its verify, which was asked, failed: \(problem)" }
        let verify =
            problem == nil ? "A step with verify settles this by itself" : "The next run asks verify again"
        return text + ". Look it up on the platform; then, \(Self.remedy(step, run)). \(verify)"
    }

    /// What the platform has answered to the step's writes, as a sentence to append.
    private static func answers(_ step: FlowStep, _ run: FlowRun) -> String {
        guard !step.calls.isEmpty else { return "" }
        let last = ". Answered were: \(step.calls.suffix(5).map(\.text).joined(separator: "; "))"
        guard step.calls.count > 5 else { return last }
        return last + " (the last 5; c8run flow show \(ShellText.quoted(run.claim.id.text)) has all)"
    }

    private func unkeptMessage(_ step: FlowStep, _ reason: String, _ run: FlowRun) -> String {
        guard step.writes > 0 || step.state != .started else {
            return
                "flow \"\(run.claim.id)\" stops at step \"\(step.key)\": what it was to write\(Self.write(step)) did not take "
                + "place, and the journal could not be told so: \(reason). Mend that; then, \(Self.remedy(step, run))"
        }
        return
            "flow \"\(run.claim.id)\" stops at step \"\(step.key)\": it has written\(Self.write(step)), and what became of that "
            + "is not in the journal: \(reason). Mend that, and look the write up on the platform; then, "
            + Self.remedy(step, run)
    }

    /// The write that is to be looked up, in parentheses.
    private static func write(_ step: FlowStep) -> String {
        let trace = step.traceID.map { ", traceId \($0)" } ?? ""
        return step.lastOperation.map { " (\($0)\(trace))" } ?? ""
    }

    private static func remedy(_ step: FlowStep, _ run: FlowRun) -> String {
        let key = ShellText.quoted(step.key.text)
        let id = ShellText.quoted(run.claim.id.text)
        return
            "if it took place: c8run flow resolve \(id) \(key) --done JSON (the step's result), if it did not: "
            + "c8run flow resolve \(id) \(key) --retry; and run the script again"
    }

    private static func fields(of step: FlowStep) -> LuaValue {
        var fields: [(String, LuaValue)] = [
            ("attempt", .integer(Int64(step.attempt))), ("writes", .integer(Int64(step.writes))),
            ("started_at", .number(step.startedAt)),
        ]
        if let operation = step.lastOperation { fields.append(("operation", .string(operation))) }
        if let error = step.error { fields.append(("error", .string(error))) }
        if let trace = step.traceID { fields.append(("trace_id", .string(trace))) }
        let calls = step.calls.map { call in
            var fields: [(String, LuaValue)] = [
                ("operation", .string(call.operation)), ("outcome", .string(call.outcome.rawValue)),
            ]
            if let code = call.code { fields.append(("code", .integer(code))) }
            if let trace = call.traceID { fields.append(("trace_id", .string(trace))) }
            return LuaValue.table(LuaTable(fields: fields))
        }
        fields.append(("calls", .table(LuaTable(array: calls))))
        return .table(LuaTable(fields: fields))
    }

    /// `same_flow(tag, tag)`: whether both are of one flow.
    private var isSameFlow: HostFunction {
        HostFunction.function("step") { arguments in
            let (first, second) = (runs.place(try arguments.integer(1)), runs.place(try arguments.integer(2)))
            return [.boolean(first != nil && first?.run === second?.run)]
        }
    }

    /// `since_write(tag)`: seconds since the step's last write was about to be sent.
    private var sinceWrite: HostFunction {
        HostFunction.async("step") { arguments in
            let place = try place(arguments, 1)
            return [.number(await place.run.secondsSinceWrite(of: place.key))]
        }
    }

    /// `adopt(tag, task)`: the function behind the tag runs in that task.
    private var adopt: HostFunction {
        HostFunction.function("adopt") { arguments in
            runs.adopt(try arguments.integer(1), by: try arguments.integer(2))
            return []
        }
    }

    /// `leave(tag)`: the step's function is over.
    private var leave: HostFunction {
        HostFunction.function("leave") { arguments in
            runs.leave(try arguments.integer(1))
            return []
        }
    }

    /// `stop(message)`: ends the run; nothing in the script catches that.
    static func stop(_ runs: FlowRuns) -> HostFunction {
        HostFunction.direct("stop") { call in
            runs.stop(try call.arguments().text(1))
            call.exitScript(status: 75)
        }
    }

    private var sleepUntil: HostFunction {
        HostFunction.async("sleep") { arguments in
            let seconds = try arguments.number(1) - clock.now()
            if seconds > 0 { try await clock.sleep(seconds: min(seconds, 1e9)) }
            return []
        }
    }

    private static let random = HostFunction.function("random") { _ in [.number(.random(in: 0..<1))] }

    // MARK: - Values

    private func place(_ arguments: LuaArguments, _ position: Int) throws -> FlowRuns.Place {
        guard let place = runs.place(try arguments.integer(position)) else {
            throw FlowError(kind: .invalid, message: "a step can only be called while the function of flow.run runs")
        }
        return place
    }

    /// A value as the journal keeps it: JSON text without the access token, which `flow show` would print.
    private func text(_ value: LuaValue, name: String) throws -> String {
        do {
            let json = try LuaJSON.value(of: value, name: name)
            let text = String(decoding: try JSONSerializer.serialize(json), as: UTF8.self)
            guard hidden(text) == text else {
                throw FlowError(
                    kind: .invalid,
                    message: "the journal: a step's or a flow's result may not hold the access token; return without it"
                )
            }
            return text
        } catch let error as LuaJSONError {
            // Says nothing of what the step has sent, which the error of a call's body would.
            throw FlowError(kind: .invalid, message: "the journal: \(error.luaMessage)")
        }
    }

    private func hidden(_ text: String) -> String { platform?.hidingRevealedTokens(in: text) ?? text }

    /// JSON text as a Lua value. A bare null is what a function gave that returned nothing.
    private static func value(_ text: String) -> LuaValue { text == "null" ? .nil : .json(Array(text.utf8)) }
}
