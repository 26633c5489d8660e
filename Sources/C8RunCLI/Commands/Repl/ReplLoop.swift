import C8Platform
import C8Run
import C8Terminal

/// Reads a text, runs it, prints what came of it, and again.
struct ReplLoop {
    let host: ScriptHost
    let services: PlatformServices
    let input: ReplInput
    let output: ReplOutput
    let printer: ErrorPrinter
    let signals: SignalWatch
    let place: String
    let historyFile: ReplHistoryFile?

    private var session: PromptSession?
    private var history = ReplHistory()
    /// The lines of a text that is not complete, which the Tab key looks at.
    private let pending = ReplPending()

    init(
        host: ScriptHost, services: PlatformServices, input: ReplInput, output: ReplOutput, printer: ErrorPrinter,
        signals: SignalWatch, place: String, historyFile: ReplHistoryFile?
    ) {
        self.host = host
        self.services = services
        self.input = input
        self.output = output
        self.printer = printer
        self.signals = signals
        self.place = place
        self.historyFile = historyFile
    }

    /// - Parameter code: to be run first.
    /// - Returns: the exit code.
    mutating func run(code: [String]) async throws -> Int32 {
        try await open()
        var end = ReplEnd.goesOn
        do {
            for text in code where end.goesOn { end = try await evaluate(text, name: "(command line)") }
            if end.goesOn, case .terminal(let editor) = input {
                try output.show(ReplHelp.greeting(place))
                history = historyFile?.read() ?? history
                editor.setHistory(history.entries)
            }
            while end.goesOn { end = try await step() }
        } catch {
            await session?.close()
            throw error
        }
        await session?.close()
        return end.status
    }

    /// Begins a session anew.
    private mutating func open() async throws {
        await session?.close()
        let session = try await PromptSession(host, folder: ".")
        self.session = session
        guard case .terminal(let editor) = input else { return }
        // Also where nothing runs: it may be pressed once too often.
        signals.onInterrupt { session.interrupt() }
        let completer = ReplCompleter(names: { await session.names(at: $0) }, binding: Self.bindings(services))
        let pending = self.pending
        editor.setCompleter { line, cursor in
            let before = String(decoding: Array(line.utf8.prefix(cursor)), as: UTF8.self)
            let columns = editor.columns
            return Blocking.wait {
                await completer.complete(pending: pending.text, line: before, columns: columns)
            }
        }
    }

    /// One line: what it completes is run.
    private mutating func step() async throws -> ReplEnd {
        try output.endLine()
        switch await input.next(prompt: pending.text.isEmpty ? "> " : ">> ") {
        case .stopped: return .over(ExitCode.done.number)
        case .interrupted:
            pending.clear()
            return .goesOn
        case .end:
            if input.isTerminal {
                try output.show("\n")
                return .over(ExitCode.done.number)
            }
            // What is not complete at the end says so.
            guard !pending.text.isEmpty else { return .over(ExitCode.done.number) }
            let end = try await evaluate(pending.take(), name: PromptSession.name)
            return .over(end.status)
        case .line(let line):
            if pending.text.isEmpty {
                let directive: ReplDirective?
                do throws(UsageError) {
                    directive = try ReplDirective(line)
                } catch {
                    remember(line)
                    return fail(error)
                }
                if let directive {
                    remember(line)
                    return try await perform(directive)
                }
            }
            pending.append(line)
            if PromptSession.isIncomplete(pending.text) { return .goesOn }
            let text = pending.take()
            remember(text)
            return try await evaluate(text, name: PromptSession.name)
        }
    }

    private mutating func remember(_ text: String) {
        guard case .terminal(let editor) = input else { return }
        let keeping = ReplHistory.keeping(text)
        guard keeping != .no, history.entries.last != text else { return }
        history.add(text)
        editor.setHistory(history.entries)
        if keeping == .inFile { historyFile?.append(text) }
    }

    // MARK: - Running

    private mutating func evaluate(
        _ text: String, name: String, sources: ScriptSources? = nil
    ) async throws -> ReplEnd {
        guard !text.allSatisfy(\.isWhitespace) else { return .goesOn }
        let (session, output, columns) = (self.session, self.output, self.columns)
        return try await running(sources: sources) {
            try output.show(try await session?.evaluate(text, name: name) ?? [], columns: columns)
        }
    }

    /// Does something that runs Lua: Control-C ends it alone, and an error is printed.
    ///
    /// - Parameter sources: the files that errors may point at.
    private mutating func running(
        sources: ScriptSources? = nil, _ body: @Sendable () async throws -> Void
    ) async throws -> ReplEnd {
        let session = self.session
        // A signal that ends the process ends what runs first.
        signals.onStop { [input] _ in
            session?.interrupt()
            input.stop()
        }
        do {
            try await body()
        } catch let error as OutputError {
            throw error
        } catch {
            return try await failed(error, sources)
        }
        if signals.received != nil { return .over(ExitCode.done.number) }
        return .goesOn
    }

    private mutating func failed(_ error: any Error, _ sources: ScriptSources?) async throws -> ReplEnd {
        if signals.received != nil { return .over(ExitCode.done.number) }
        if let status = await session?.exitStatus { return .over(status) }
        let end = fail(error, sources)
        guard end.goesOn, session?.hasEnded == true else { return end }
        printer.warn("the session is over, and all its variables are gone: a new one begins")
        try await open()
        return .goesOn
    }

    /// Prints the error. A person goes on; other input ends.
    private func fail(_ error: any Error, _ sources: ScriptSources? = nil) -> ReplEnd {
        let failure = CommandFailure(error, stoppedBy: nil, sources: sources)
        if let report = failure.report {
            printer.print(input.isTerminal ? report : report.ending(failure.exitCode))
        }
        return input.isTerminal ? .goesOn : .over(failure.exitCode.number)
    }

    // MARK: - Commands of the prompt

    private mutating func perform(_ directive: ReplDirective) async throws -> ReplEnd {
        switch directive {
        case .quit: return .over(ExitCode.done.number)
        case .clear: try output.show("\u{1b}[H\u{1b}[2J")
        case .reset: try await open()
        case .help(let topic):
            guard let text = ReplHelp.text(topic) else {
                let names = ReplHelp.topics.map(\.name).joined(separator: ", ")
                return fail(UsageError(.noTopic, ["names": names]))
            }
            try output.show(text)
        case .documentation(let name):
            guard let text = try await documentation(name) else {
                return fail(UsageError(.noDocumentation, ["name": name]))
            }
            try output.show(text)
        case .type(let expression): return try await type(expression)
        case .time(let expression): return try await time(expression)
        case .load(let path): return try await load(path)
        }
        return .goesOn
    }

    private mutating func type(_ expression: String) async throws -> ReplEnd {
        if let text = await operation(expression) {
            try output.show(text)
            return .goesOn
        }
        let path = expression.split(separator: ".").map(String.init)
        if let (parameters, place) = await session?.signature(at: path) {
            try output.show("function (\(parameters)), \(place)\n")
            return .goesOn
        }
        let (session, output) = (self.session, self.output)
        return try await running {
            try output.show(ShapeText.text(try await session?.evaluate(expression, name: PromptSession.name) ?? []))
        }
    }

    private mutating func time(_ expression: String) async throws -> ReplEnd {
        let (session, output, columns) = (self.session, self.output, self.columns)
        return try await running {
            let began = ContinuousClock.now
            let values = try await session?.evaluate(expression, name: PromptSession.name) ?? []
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            try output.show(values, columns: columns)
            try output.show(Self.duration(seconds) + "\n")
        }
    }

    /// `1.25 s`, `12.5 ms`, `830 µs`: three digits that count.
    static func duration(_ seconds: Double) -> String {
        let (value, unit) =
            seconds >= 1 ? (seconds, "s") : seconds >= 0.001 ? (seconds * 1e3, "ms") : (seconds * 1e6, "µs")
        let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
        let scale = [1.0, 10, 100][digits]
        let rounded = (value * scale).rounded() / scale
        return (digits == 0 ? String(Int(rounded)) : String(rounded)) + " " + unit
    }

    private mutating func load(_ path: String) async throws -> ReplEnd {
        let script: Script
        do throws(UnreadableScript) {
            script = try ScriptReader.read(.file(path))
        } catch {
            return fail(error)
        }
        return try await evaluate(
            String(decoding: script.chunk, as: UTF8.self), name: path, sources: ScriptSources(script: script))
    }

    private func documentation(_ name: String) async throws -> String? {
        if let text = await operation(name) { return text }
        if let text = TypeDocumentation.standard.text(for: name), !text.isEmpty { return text }
        return nil
    }

    /// The page of an operation; nil for a text that is none.
    private func operation(_ text: String) async -> String? {
        let id = OperationID(text.hasPrefix("c8.") ? String(text.dropFirst(3)) : text)
        guard let entry = Catalogue.standard[id], entry.kind == .operation else { return nil }
        return EntryDetails.text(entry, await Self.bindings(services)(id), nil)
    }

    /// Bindings as far as they are known: a platform that is not configured leaves those that c8run has itself.
    private static func bindings(_ services: PlatformServices) -> @Sendable (OperationID) async -> Binding? {
        { id in
            if let binding = try? await services.binding(of: id) { return binding }
            return BuiltInBindings.standard[id]
        }
    }

    private var columns: Int {
        if case .terminal(let editor) = input { editor.columns } else { 80 }
    }
}
