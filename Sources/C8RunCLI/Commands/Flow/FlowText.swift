import C8Flow
import C8Platform
import OrderedCollections

/// Flows and their steps as tables and JSON.
enum FlowText {
    /// - Parameter aside: damaged databases that were replaced, and whatever flows they had.
    static func table(_ flows: [FlowSummary], movedAside aside: [String] = []) -> String {
        guard !flows.isEmpty else {
            guard let last = aside.last else { return "no flows\n" }
            return
                "no flows: the state was damaged and has been replaced; earlier flows are in \(last), as far as they can be "
                + "read\n"
        }
        // Where machines share the flows, it matters which one has which.
        let hasLeases = flows.contains { $0.lease != nil }
        let rows = flows.map { summary in
            let owner = summary.lease == nil ? "" : "\(summary.flow.owner.host):\(summary.flow.owner.process)"
            return [
                summary.flow.id.text, state(summary.flow.state, isHeld: summary.isHeld, open: summary.open),
                "\(summary.done)/\(summary.steps)",
            ] + (hasLeases ? [owner, summary.lease.map(lease) ?? ""] : []) + [
                time(summary.flow.updatedAt), summary.flow.script,
            ]
        }
        let titles = ["FLOW", "STATE", "STEPS"] + (hasLeases ? ["OWNER", "LEASE"] : []) + ["CHANGED", "SCRIPT"]
        return text([titles] + rows)
    }

    static func lines(_ report: FlowReport) -> String {
        let flow = report.flow
        let open = report.steps.count { $0.isOpen }
        var lines = [
            ["flow", flow.id.text], ["state", state(flow.state, isHeld: report.isHeld, open: open)],
            ["script", flow.script],
            [report.isHeld ? "run by" : "last run by", "\(flow.owner), since \(time(flow.claimedAt))"],
        ]
        if let left = report.lease { lines.append(["lease", "ends in \(lease(left)) unless it is prolonged"]) }
        lines += [
            ["created", time(flow.createdAt)], ["changed", time(flow.updatedAt)],
        ]
        if let input = flow.input { lines.append(["input", excerpt(input)]) }
        if let result = flow.result { lines.append(["result", excerpt(result)]) }
        if let error = flow.error { lines.append(["error", error]) }
        guard !report.steps.isEmpty else { return text(lines) }
        let rows = report.steps.map { step in
            [
                step.key.text, state(step), step.attempt > 1 ? "attempt \(step.attempt)" : "",
                [step.lastOperation, step.traceID].compactMap(\.self).joined(separator: " "),
                step.result.map(excerpt) ?? step.error ?? "",
            ]
        }
        return text(lines) + "\n" + text([["STEP", "STATE", "", "LAST WRITE", "RESULT"]] + rows) + calls(report.steps)
    }

    /// What was answered to steps that are not done.
    private static func calls(_ steps: [FlowStep]) -> String {
        let rows = steps.flatMap { step in
            step.calls.map { call in
                [
                    step.key.text, call.operation, call.outcome.rawValue, call.code.map(String.init) ?? "",
                    call.traceID ?? "", time(call.at),
                ]
            }
        }
        return rows.isEmpty ? "" : "\n" + text([["STEP", "CALL", "ANSWER", "CODE", "TRACE ID", "TIME"]] + rows)
    }

    static func json(_ summary: FlowSummary) -> JSONValue {
        .object(
            fields(summary.flow, isHeld: summary.isHeld, open: summary.open, lease: summary.lease).merging(
                [
                    "steps": .integer(Int64(summary.steps)), "done": .integer(Int64(summary.done)),
                    "open": .integer(Int64(summary.open)),
                ]) { $1 })
    }

    static func json(_ report: FlowReport) -> JSONValue {
        .object(
            fields(report.flow, isHeld: report.isHeld, open: report.steps.count { $0.isOpen }, lease: report.lease)
                .merging([
                    "steps": .array(report.steps.map(json))
                ]) { $1 })
    }

    private static func json(_ step: FlowStep) -> JSONValue {
        [
            "step": .string(step.key.text), "state": .string(step.state.rawValue), "open": .bool(step.isOpen),
            "parallel": .bool(step.position == nil), "attempt": .integer(Int64(step.attempt)),
            "writes": .integer(Int64(step.writes)), "result": parsed(step.result),
            "operation": optional(step.lastOperation), "error": optional(step.error),
            "trace_id": optional(step.traceID), "calls": .array(step.calls.map(json)),
            "started_at": .number(step.startedAt),
            "ended_at": step.endedAt.map { .number($0) } ?? .null, "wake_at": step.wakeAt.map { .number($0) } ?? .null,
            "resolved": step.resolution.map { resolution in
                [
                    "choice": .string(resolution.choice.rawValue), "by": .string(resolution.operatorName),
                    "at": .number(resolution.at),
                ]
            } ?? .null,
        ]
    }

    private static func json(_ call: StepCall) -> JSONValue {
        [
            "operation": .string(call.operation), "outcome": .string(call.outcome.rawValue),
            "code": call.code.map { .integer($0) } ?? .null, "trace_id": optional(call.traceID), "at": .number(call.at),
        ]
    }

    private static func fields(
        _ flow: FlowRecord, isHeld: Bool, open: Int, lease: Double?
    ) -> OrderedDictionary<String, JSONValue> {
        [
            "id": .string(flow.id.text), "state": .string(state(flow.state, isHeld: isHeld, open: open)),
            "running": .bool(isHeld), "lease_seconds": lease.map { .number($0) } ?? .null,
            "script": .string(flow.script), "owner": .string(flow.owner.description), "input": parsed(flow.input),
            "result": parsed(flow.result), "error": optional(flow.error), "created_at": .number(flow.createdAt),
            "updated_at": .number(flow.updatedAt), "ended_at": flow.endedAt.map { .number($0) } ?? .null,
        ]
    }

    private static func parsed(_ text: String?) -> JSONValue {
        text.flatMap { try? JSONParser.parse(Array($0.utf8)) } ?? .null
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// What an operator wants to know first.
    private static func state(_ state: FlowState, isHeld: Bool, open: Int) -> String {
        if isHeld { return "running" }
        if state != .finished, open > 0 { return "in doubt" }
        return state == .running ? "interrupted" : state.rawValue
    }

    private static func state(_ step: FlowStep) -> String {
        step.isOpen ? "in doubt" : step.state.rawValue
    }

    private static func lease(_ seconds: Double) -> String { "\(Int(seconds.rounded(.up))) s" }

    /// In UTC, to the second.
    static func time(_ seconds: Double) -> String {
        LogTime.text(seconds: Int(max(0, min(seconds, 1e11))), milliseconds: nil)
    }

    private static func excerpt(_ json: String) -> String {
        json.count > 100 ? json.prefix(100) + "…" : json
    }

    private static func text(_ rows: [[String]]) -> String {
        TextTable.lines(rows, width: OutputStream.standardOutput.columns(ProcessEnvironment.lookup)).map { $0 + "\n" }
            .joined()
    }
}
