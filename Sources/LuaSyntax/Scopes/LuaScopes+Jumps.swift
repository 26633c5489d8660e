extension LuaScopes {
    /// A label is declared here.
    ///
    /// - Parameter isLast: whether nothing but labels follows in its block: then the block's variables are out of scope.
    mutating func addLabel(_ name: LuaName, line: Int, isLast: Bool) -> (index: Int, problems: [LuaScopeProblem]) {
        var problems: [LuaScopeProblem] = []
        if let other = visible(name.text) {
            let message = "label '\(name.text)' already defined on line \(other.line)"
            problems.append(LuaScopeProblem(message: message, range: name.range))
        }
        labels.append(LuaLabel(name: name))
        problems += solve(
            LuaVisibleLabel(
                index: labels.count - 1, name: name.text, line: line,
                active: isLast ? functions.last?.blocks.last?.active ?? 0 : activeCount))
        return (labels.count - 1, problems)
    }

    /// A jump, to before or to what is still to come.
    mutating func addGoto(_ name: LuaName, line: Int) {
        if let label = visible(name.text), let index = label.index {
            labels[index].isUsed = true
        } else {
            gotos.append(LuaPendingGoto(name: name, line: line, active: activeCount))
        }
    }

    private func visible(_ name: String) -> LuaVisibleLabel? {
        visibleLabels[(functions.last?.firstLabel ?? 0)...].first { $0.name == name }
    }

    /// Jumps of the block at hand that wait for this label have found it.
    private mutating func solve(_ label: LuaVisibleLabel) -> [LuaScopeProblem] {
        visibleLabels.append(label)
        var problems: [LuaScopeProblem] = []
        var waiting: [LuaPendingGoto] = []
        let first = min(functions.last?.blocks.last?.firstGoto ?? 0, gotos.count)
        for jump in gotos[first...] {
            guard jump.name.text == label.name else {
                waiting.append(jump)
                continue
            }
            if let index = label.index { labels[index].isUsed = true }
            if jump.active < label.active {
                let variable = activeName(jump.active)
                problems.append(
                    LuaScopeProblem(
                        message:
                            "<goto \(label.name)> at line \(jump.line) jumps into the scope of local '\(variable)'",
                        range: jump.name.range))
            }
        }
        gotos.replaceSubrange(first..., with: waiting)
        return problems
    }

    /// A block ends: its labels are gone, and its jumps look for theirs further out.
    mutating func leaveJumps(_ block: LuaBlockScope, isOutermost: Bool) -> [LuaScopeProblem] {
        var problems: [LuaScopeProblem] = []
        if block.isLoop {
            // The label behind the loop, which `break` goes to.
            var waiting: [LuaPendingGoto] = []
            let first = min(block.firstGoto, gotos.count)
            for jump in gotos[first...] where jump.name.text != "break" { waiting.append(jump) }
            gotos.replaceSubrange(first..., with: waiting)
        }
        visibleLabels.removeSubrange(min(block.firstLabel, visibleLabels.count)...)
        let first = min(block.firstGoto, gotos.count)
        if isOutermost {
            for jump in gotos[first...] {
                let message =
                    jump.name.text == "break"
                    ? "break outside loop at line \(jump.line)"
                    : "no visible label '\(jump.name.text)' for <goto> at line \(jump.line)"
                problems.append(LuaScopeProblem(message: message, range: jump.name.range))
            }
            gotos.removeSubrange(first...)
        } else {
            for index in gotos.indices.dropFirst(first) { gotos[index].active = block.active }
        }
        return problems
    }
}
