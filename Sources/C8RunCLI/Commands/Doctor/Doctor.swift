import C8Run
import C8Sandbox
import Glibc

/// The checks of `c8run doctor`.
struct Doctor: Sendable {
    var loader: ConfigurationLoader
    var request: ConfigurationRequest

    func checks() -> [DoctorCheck] { configuration() + interpreter() + kernel() }

    // MARK: The script

    /// What a script says that it needs, beside what a permissions file grants.
    func needs(of script: String?, permissions: String?) -> [DoctorCheck] {
        guard let script else { return [] }
        let folders = loader.folders
        func absolute(_ path: String) -> String {
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        func check(_ verdict: DoctorCheck.Verdict, _ text: String, remedy: String? = nil) -> [DoctorCheck] {
            [DoctorCheck(name: "needs", verdict: verdict, text: "\(script): \(text)", remedy: remedy)]
        }
        do {
            let source = try ScriptReader.read(.file(script)).source
            guard let needs = try ScriptNeeds.read(source) else { return check(.ok, FindingMessage.needsNothing.text) }
            guard let permissions else {
                return check(.ok, FindingMessage.needsOptions.text(["options": needs.options.joined(separator: " ")]))
            }
            let granted = try PermissionsFile.read(absolute(permissions), home: folders.home, readFile: loader.readFile)
            let missing = needs.missing(in: granted, absolute: absolute)
            if missing.isEmpty { return check(.ok, FindingMessage.needsGranted.text(["file": permissions])) }
            return check(
                .warn, FindingMessage.needsMore.text(["file": permissions]),
                remedy: RemedyMessage.needs.text(["options": missing.joined(separator: " ")]))
        } catch {
            return check(.fail, "\(error)")
        }
    }

    // MARK: Configuration

    private func configuration() -> [DoctorCheck] {
        var warnings: [String] = []
        let layers: ConfigurationLayers
        do {
            layers = try loader.load(request, warn: { warnings.append($0) })
        } catch {
            return [DoctorCheck(name: "configuration", verdict: .fail, text: error.description)]
        }
        var checks = warnings.map { DoctorCheck(name: "configuration", verdict: .warn, text: $0) }
        do {
            let settings = try layers.platformSettings()
            checks.append(
                DoctorCheck(
                    name: "configuration", verdict: .ok,
                    text: FindingMessage.settings.text([
                        "profile": "\(settings.profile)", "url": "\(settings.baseURL)",
                        "secret": Self.place(of: settings.secret.value.source),
                    ])))
            checks += settings.bindings.map { file("bindings", $0) }
            switch settings.secret.value.source {
            case .file(let path): checks.append(file("secret", path))
            case .environment(let name) where loader.folders.environment(name)?.isEmpty ?? true:
                checks.append(
                    DoctorCheck(name: "secret", verdict: .fail, text: FindingMessage.secretUnset.text(["name": name])))
            case .literal, .environment, .command: break
            }
        } catch {
            checks.append(DoctorCheck(name: "configuration", verdict: .fail, text: error.description))
        }
        do {
            if case .folder(let path) = try layers.state() { checks.append(state(path)) }
        } catch {
            checks.append(DoctorCheck(name: "state", verdict: .fail, text: error.description))
        }
        return checks
    }

    private func file(_ name: String, _ path: String) -> DoctorCheck {
        guard access(path, R_OK) == 0 else {
            return DoctorCheck(name: name, verdict: .fail, text: "\(path): \(String(cString: strerror(errno)))")
        }
        return DoctorCheck(name: name, verdict: .ok, text: path)
    }

    /// Where the secret comes from, never what it is.
    private static func place(of source: SecretReference.Source) -> String {
        switch source {
        case .literal: FindingMessage.literalSecret.text
        case .environment(let name): FindingMessage.environmentSecret.text(["name": name])
        case .file(let path): FindingMessage.fileSecret.text(["name": path])
        case .command(let arguments): FindingMessage.commandSecret.text(["name": arguments.first ?? ""])
        }
    }

    // MARK: State

    private func state(_ path: String) -> DoctorCheck {
        var status = stat()
        guard stat(path, &status) == 0 else {
            // It is made with the first call, if the nearest folder above lets it.
            guard errno == ENOENT else {
                return DoctorCheck(name: "state", verdict: .fail, text: "\(path): \(String(cString: strerror(errno)))")
            }
            var parent = FilePath.folder(of: path)
            while access(parent, F_OK) != 0, parent != "/", parent != "." { parent = FilePath.folder(of: parent) }
            guard access(parent, W_OK | X_OK) == 0 else {
                return DoctorCheck(
                    name: "state", verdict: .fail,
                    text: FindingMessage.stateNotMade.text(["path": path, "folder": parent]),
                    remedy: RemedyMessage.parent.text(["folder": parent]))
            }
            return DoctorCheck(name: "state", verdict: .ok, text: FindingMessage.stateToBeMade.text(["path": path]))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return DoctorCheck(
                name: "state", verdict: .fail, text: FindingMessage.stateNoFolder.text(["path": path]),
                remedy: RemedyMessage.noFolder.text)
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return DoctorCheck(
                name: "state", verdict: .fail, text: FindingMessage.stateReadOnly.text(["path": path]),
                remedy: RemedyMessage.owner.text)
        }
        if status.st_mode & 0o077 != 0 {
            return DoctorCheck(
                name: "state", verdict: .warn, text: FindingMessage.stateOpen.text(["path": path]),
                remedy: "chmod 700 \(path)")
        }
        return DoctorCheck(name: "state", verdict: .ok, text: path)
    }

    // MARK: Interpreter

    private func interpreter() -> [DoctorCheck] {
        [
            DoctorCheck(
                name: "interpreter", verdict: .ok,
                text: (Interpreter.isSound ? FindingMessage.soundInterpreter : .closedConcatenation).text([
                    "release": Interpreter.release
                ]))
        ]
    }

    // MARK: Kernel

    private func kernel() -> [DoctorCheck] {
        KernelWall.available().parts.map { part in
            DoctorCheck(
                name: "kernel \(part.name)", verdict: part.state == .enforced ? .ok : .warn, text: part.detail,
                remedy: part.state == .enforced
                    ? nil
                    : RemedyMessage.kernel.text)
        }
    }
}
