import C8Queue
import C8Run

/// Jobs and schedules as tables.
enum QueueText {
    static func table(_ jobs: [JobRecord], now: Double) -> String {
        guard !jobs.isEmpty else { return QueueMessage.noJobs.text + "\n" }
        let hasTags = jobs.contains { !$0.tag.isEmpty }
        let rows = jobs.map { job in
            [job.id.text, state(job), "\(job.attempts)/\(job.mostAttempts)"] + (hasTags ? [job.tag] : [])
                + [FlowText.time(changed(job, now: now)), job.scriptName, note(job, now: now)]
        }
        let titles = ["JOB", "STATE", "TRIES"] + (hasTags ? ["TAG"] : []) + ["TIME", "SCRIPT", ""]
        return text([titles] + rows)
    }

    static func table(_ schedules: [JobSchedule]) -> String {
        guard !schedules.isEmpty else { return QueueMessage.noSchedules.text + "\n" }
        let rows = schedules.map { schedule in
            [
                schedule.request.id.text, schedule.expression, schedule.zone, FlowText.time(schedule.nextAt),
                schedule.lastAt.map(FlowText.time) ?? "", "\(schedule.count)", schedule.request.script.name,
            ]
        }
        return text([["SCHEDULE", "CRON", "ZONE", "NEXT", "LAST", "FIRED", "SCRIPT"]] + rows)
    }

    static func lines(_ report: JobReport, now: Double) -> String {
        let job = report.record
        var rows = [
            ["job", job.id.text], ["state", state(job)], ["attempts", "\(job.attempts) of \(job.mostAttempts)"],
        ]
        if job.state == .waiting { rows.append(["waits", waiting(job, now: now)]) }
        rows += [
            ["script", job.scriptName], ["sha256", job.scriptHash],
            ["submitted", FlowText.time(job.submittedAt) + (job.submitter.isEmpty ? "" : " by \(job.submitter)")],
        ]
        if let schedule = job.schedule { rows.append(["schedule", schedule.text]) }
        if let worker = job.worker {
            let since = job.startedAt.map { ", since \(FlowText.time($0))" } ?? ""
            rows.append([job.state == .running ? "run by" : "last run by", worker + since])
        }
        if let lease = job.lease {
            rows.append(["lease", "ends in \(Int(max(0, lease).rounded(.up))) s unless it is prolonged"])
        }
        if let ended = job.endedAt { rows.append(["ended", FlowText.time(ended)]) }
        if !job.tag.isEmpty { rows.append(["tag", job.tag]) }
        if job.priority != 0 { rows.append(["priority", "\(job.priority)"]) }
        if let profile = job.profile { rows.append(["profile", profile]) }
        rows.append(["grants", terms(report.request.terms)])
        if !report.request.script.files.isEmpty {
            rows.append(["modules", report.request.script.files.map(\.path).joined(separator: " ")])
        }
        if !report.request.arguments.isEmpty {
            rows.append(["arguments", report.request.arguments.map(ShellText.quoted).joined(separator: " ")])
        }
        if let input = report.request.input { rows.append(["input", excerpt(input)]) }
        if let result = report.result { rows.append(["result", excerpt(result)]) }
        if let code = job.exitCode { rows.append(["exit code", "\(code)"]) }
        if let error = job.error { rows.append(["error", error]) }
        if job.hasWritten, job.state != .done {
            rows.append(["writes", "may have written outside of a flow"])
        }
        if let next = next(job) { rows.append(["next", next]) }
        return text(rows) + attempts(report.attempts)
    }

    // MARK: Parts

    /// What an operator can do.
    private static func next(_ job: JobRecord) -> String? {
        guard job.state.isDeadLetter else { return nil }
        let isDenied = job.exitCode == ExitCode.denied.number
        let message: QueueMessage = job.hasWritten ? .nextWrite : isDenied ? .nextGrant : .next
        return message.text(["id": ShellText.quoted(job.id.text)])
    }

    private static func attempts(_ attempts: [JobReport.Attempt]) -> String {
        guard let last = attempts.last else { return "" }
        let rows = attempts.map { attempt in
            [
                "\(attempt.number)", FlowText.time(attempt.startedAt), attempt.endedAt.map(FlowText.time) ?? "",
                attempt.exitCode.map(String.init) ?? "", attempt.worker, attempt.error ?? "",
            ]
        }
        let table = "\n" + text([["ATTEMPT", "BEGAN", "ENDED", "EXIT", "WORKER", ""]] + rows)
        return table + section("OUTPUT of attempt \(last.number)", last.output)
            + section("LOG of attempt \(last.number)", last.log)
    }

    private static func section(_ title: String, _ content: String) -> String {
        guard !content.isEmpty else { return "" }
        let block = TerminalText.block(content)
        return "\n\(title)\n" + block + (block.hasSuffix("\n") ? "" : "\n")
    }

    private static func state(_ job: JobRecord) -> String {
        guard job.state == .running else { return job.state.rawValue }
        if let lease = job.lease, lease <= 0 { return "worker lost" }
        return job.isCancelling ? "running, to end" : "running"
    }

    private static func changed(_ job: JobRecord, now: Double) -> Double {
        switch job.state {
        case .waiting: job.notBefore > now ? job.notBefore : job.submittedAt
        case .running: job.startedAt ?? job.submittedAt
        case .done, .failed, .dead, .cancelled: job.endedAt ?? job.submittedAt
        }
    }

    private static func note(_ job: JobRecord, now: Double) -> String {
        switch job.state {
        case .waiting: job.error ?? (job.notBefore > now ? waiting(job, now: now) : "")
        case .running: job.worker ?? ""
        case .done, .cancelled: ""
        case .failed, .dead: job.error.map(excerpt) ?? job.exitCode.map { "exit code \($0)" } ?? ""
        }
    }

    static func waiting(_ job: JobRecord, now: Double) -> String {
        if job.notBefore > now { return QueueMessage.waitsForTime.text(["time": FlowText.time(job.notBefore)]) }
        if !job.tag.isEmpty { return QueueMessage.waitsForTag.text(["tag": ShellText.quoted(job.tag)]) }
        if job.application != nil, let profile = job.profile {
            return QueueMessage.waitsForApplication.text(["profile": profile])
        }
        return QueueMessage.waitsForWorker.text
    }

    /// As options of a command line.
    private static func terms(_ text: String) -> String {
        do {
            let options = try JobTerms(text: text).options
            return options.isEmpty ? "none" : options.map(ShellText.quoted).joined(separator: " ")
        } catch {
            return error.description
        }
    }

    private static func excerpt(_ json: String) -> String {
        json.count > 200 ? json.prefix(200) + "…" : json
    }

    private static func text(_ rows: [[String]]) -> String {
        TextTable.lines(rows, width: OutputStream.standardOutput.columns(ProcessEnvironment.lookup)).map { $0 + "\n" }
            .joined()
    }
}
