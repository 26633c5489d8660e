import ArgumentParser
import C8Platform
import C8Sandbox

/// `c8run api import`: pages of the documentation become bindings.
struct APIImportCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: CommandMessage.apiImport.text,
            discussion: DiscussionMessage.apiImport.text)
    }

    @Flag(help: ArgumentHelp(.force))
    var force = false

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(.importDryRun))
    var dryRun = false

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions

    @Argument(help: ArgumentHelp(.pages, valueName: "page"), completion: .file())
    var pages: [String]

    var errorPrinter: ErrorPrinter? { output.settings.printer }

    /// The largest file that can be a page, or a bindings file.
    private static let limit = 64 << 20

    func run(_ context: CommandContext) async throws -> Int32 {
        let target = try target(context)
        let existing = try Self.existing(target)
        var read: [(name: String, bytes: [UInt8])] = []
        var failures: [String] = []
        for page in pages {
            do {
                let file =
                    page == "-"
                    ? try SmallFile.read(descriptor: 0, limit: Self.limit) : try SmallFile.read(page, limit: Self.limit)
                read.append((page == "-" ? "standard input" : page, file.bytes))
            } catch {
                failures.append("cannot read \(page): \(error)")
            }
        }
        var imported: [ImportedPage] = []
        var guides: [String] = []
        for result in PageImporter().read(read) {
            switch result {
            case .success(let page): imported.append(page)
            case .failure(let error) where error.kind == .guide: guides.append(error.description)
            case .failure(let error): failures.append(error.description)
            }
        }
        let update = try update(imported, existing, target)
        try report(imported, update, existing: existing, target: target)
        let printer = output.settings.printer
        for guide in guides { printer.warn(guide) }
        for failure in failures { printer.print(ErrorReport(failure)) }
        return failures.isEmpty ? ExitCode.done.number : ExitCode.compile.number
    }

    /// The bindings file: the one that is named, else the profile's, else `bindings.json` here.
    private func target(_ context: CommandContext) throws -> String {
        guard platform.bindings.count <= 1 else {
            throw UsageError(.oneBindingsFile, ["count": "\(platform.bindings.count)"])
        }
        let layers = try context.loader.load(platform.request, warn: output.settings.printer.warn)
        let folder = context.loader.folders.workingDirectory
        return layers.bindings.last ?? FilePath.absolute("bindings.json", relativeTo: folder, home: nil)
    }

    private static func existing(_ path: String) throws -> [UInt8]? {
        do throws(SmallFileError) {
            return try SmallFile.read(path, limit: limit).bytes
        } catch {
            if error.isNotFound { return nil }
            throw ConfigurationError("cannot read \(path): \(error)", origin: .builtIn)
        }
    }

    private func update(_ pages: [ImportedPage], _ existing: [UInt8]?, _ target: String) throws -> BindingsUpdate {
        do {
            return try BindingsUpdate(pages, into: existing, name: target, overwritesEdits: force)
        } catch {
            throw ConfigurationError(error.description, origin: .builtIn)
        }
    }

    private func report(
        _ pages: [ImportedPage], _ update: BindingsUpdate, existing: [UInt8]?, target: String
    ) throws {
        var text = ""
        for (page, change) in zip(pages, update.changes) { text += ImportText.lines(page, change.change) }
        let isChanged =
            update.bytes != existing && update.changes.contains { $0.change == .added || $0.change == .changed }
        if dryRun {
            text += LineDiff.unified(
                old: String(decoding: existing ?? [], as: UTF8.self),
                new: String(decoding: update.bytes, as: UTF8.self),
                name: target)
        } else if isChanged {
            let door = FileDoor(grants: FileGrants(allowWrite: .paths([target])))
            try door.write(update.bytes, to: C8Sandbox.FilePath(target))
            text += "written to \(TerminalText.line(target))\n"
        }
        try ResultOutput.print(text)
    }
}
