package import OrderedCollections

/// How one operation is called: what the platform's documentation says about it, or an integrator does.
package struct Binding: Sendable, Hashable {
    /// The operation that this binds.
    package let id: OperationID
    /// The HTTP method.
    package let method: HTTPMethod
    /// The path below the base URL, perhaps with `{field}` placeholders.
    package let path: PathTemplate
    /// Whether a call may be repeated when its answer is lost.
    package let effect: Effect
    /// The fields of the request by name; empty when they are not known.
    package let request: OrderedDictionary<String, FieldSchema>
    /// The fields of the answer's `data` by name; empty when they are not known.
    package let response: OrderedDictionary<String, FieldSchema>
    /// Meanings of the codes this operation can answer.
    package let errors: [Int64: String]
    /// Where all this was taken from, such as a page's title.
    package let source: String?
    /// How the operation hands out a list in pages; nil when it does not.
    package let paging: Paging?
    /// The time limit of one call; nil for the client's own.
    package let timeoutSeconds: Double?
    /// The request is `multipart/form-data`, with files.
    package let multipart: Bool
    /// The answer is a file instead of an envelope.
    package let download: Bool
    /// The keys of the bindings file that an import guessed and nobody has confirmed, such as `effect`.
    package let guessed: [String]

    /// A binding made in code; a file is read with ``BindingSet``.
    package init(
        id: OperationID, method: HTTPMethod, path: PathTemplate, effect: Effect = .write,
        request: OrderedDictionary<String, FieldSchema> = [:], response: OrderedDictionary<String, FieldSchema> = [:],
        errors: [Int64: String] = [:], source: String? = nil, paging: Paging? = nil, timeoutSeconds: Double? = nil,
        multipart: Bool = false, download: Bool = false, guessed: [String] = []
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.effect = effect
        self.request = request
        self.response = response
        self.errors = errors
        self.source = source
        self.paging = paging
        self.timeoutSeconds = timeoutSeconds
        self.multipart = multipart
        self.download = download
        self.guessed = guessed
    }
}
