extension BindingFileReader {
    /// The member `token_refusals`: an array of objects with one sign each, such as `{"code": 20324012, "evidence":
    /// "documented"}`; `meta_status` and `http_status` are the others. Without a word of evidence it was observed.
    func tokenRefusals(_ node: BindingNode?) throws(BindingError) -> TokenRefusalRules {
        var table = TokenRefusalRules()
        for line in try node?.elements() ?? [] {
            try line.allow(["code", "meta_status", "http_status", "evidence"])
            let evidence = try line.optional("evidence")?.oneOf(TokenRefusalRules.Evidence.self) ?? .observed
            table = table.merging(TokenRefusalRules([TokenRefusalRules.Rule(try sign(line), evidence)]))
        }
        return table
    }

    /// What says success must not count as a refusal: every call would be made twice.
    private func sign(_ line: BindingNode) throws(BindingError) -> TokenRefusalRules.Sign {
        var signs: [TokenRefusalRules.Sign] = []
        if let node = line.optional("code") {
            let code = try node.integer()
            guard code != PlatformCode.success.rawValue else { throw node.error("200 is success, not a refusal") }
            signs.append(.code(code))
        }
        if let node = line.optional("meta_status") {
            let status = try node.integer()
            guard !(200..<300).contains(status) else { throw node.error("\(status) is success, not a refusal") }
            signs.append(.metaStatus(status))
        }
        if let node = line.optional("http_status") {
            let status = try node.integer()
            guard (400..<500).contains(status) else { throw node.error("expected a status from 400 to 499") }
            signs.append(.httpStatus(Int(status)))
        }
        guard signs.count == 1 else { throw line.error("expected one of code, meta_status and http_status") }
        return signs[0]
    }
}
