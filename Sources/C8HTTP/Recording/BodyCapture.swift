/// Sees a body pass, and tells afterwards what is kept of it.
struct BodyCapture {
    /// Bytes of a request, or of one part of its form, that are kept. A longer one is told from others by its digest.
    static let requestLimit = 1 << 20
    /// Bytes of an answer that are kept. A longer one cannot be played.
    static let responseLimit = 16 << 20

    private var content: ContentCapture
    private var form: FormCapture?

    /// - Parameter contentType: takes a form apart, where it is one.
    init(limit: Int, contentType: String? = nil) {
        content = ContentCapture(limit: limit)
        form = contentType.flatMap(FormCapture.boundary).map { FormCapture(boundary: $0, limit: limit) }
    }

    mutating func append(_ bytes: [UInt8]) {
        content.append(bytes[...])
        form?.append(bytes[...])
    }

    /// Nil for an empty body.
    var body: CapturedBody? {
        if let body = form?.body { return body }
        let body = content.body
        return body == .bytes([]) ? nil : body
    }

    /// The whole body of a request; what is uploaded is read for it once more.
    static func body(of request: HTTPRequest) throws -> CapturedBody? {
        let type = request.headers.first { $0.name.lowercased() == "content-type" }?.value
        var capture = BodyCapture(limit: requestLimit, contentType: type)
        guard let upload = request.upload else {
            capture.append(request.body ?? [])
            return capture.body
        }
        var offset: Int64 = 0
        while offset < upload.length {
            let piece = try upload.read(offset, Int(min(HTTPUpload.pieceLength, upload.length - offset)))
            guard !piece.isEmpty else { throw HTTPUpload.EndedEarly(missing: upload.length - offset) }
            capture.append(piece)
            offset += Int64(piece.count)
        }
        return capture.body
    }
}
