package import C8Platform

extension Binding {
    /// The request of a call, its body held against the binding's fields first.
    package func makeRequest(checking body: JSONValue, _ options: CallOptions) throws(BindingError) -> PlatformRequest {
        var body = body
        if options.validates {
            body = try RequestValidator.check(body, files: Set(options.files.map(\.field)), against: self)
        }
        let request = try makeRequest(body: body)
        if options.files.isEmpty { return request }
        guard request.body?.objectValue != nil else {
            throw BindingError(
                kind: .invalidRequest, subject: id.rawValue, path: "$",
                message: method.sendsBody
                    ? "files go with an object of fields, not with another value"
                    : "\(method.rawValue) cannot send a file")
        }
        return request
    }
}
