import C8HTTP
import C8Platform

/// Answers in the encodings in which they come: UTF-8, as JSON is, and GB18030 from older gateways and programs.
enum AnswerText {
    /// An answer's envelope. Read as it is first, unless the answer says that it is GB18030.
    static func envelope(_ response: HTTPResponse) throws(EnvelopeError) -> Envelope {
        let isDeclared = response.header(named: "content-type").map(declaresGB18030) ?? false
        if isDeclared, let text = GB18030.text(response.body) { return try Envelope.parse(Array(text.utf8)) }
        do {
            return try Envelope.parse(response.body)
        } catch {
            guard !isUTF8(response.body), let text = GB18030.text(response.body) else { throw error }
            return try Envelope.parse(Array(text.utf8))
        }
    }

    /// The beginning of an answer, perhaps cut, as somebody can read it.
    static func beginning(_ bytes: [UInt8], atMost count: Int) -> String {
        let beginning = Array(bytes.prefix(count))
        if let text = (0...3).lazy.compactMap({ String(validating: beginning.dropLast($0), as: UTF8.self) }).first {
            return text
        }
        return GB18030.text(beginning, mayBeCut: true) ?? String(decoding: beginning, as: UTF8.self)
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    private static func declaresGB18030(_ contentType: String) -> Bool {
        contentType.utf8.contains(UInt8(ascii: ";"))
            && contentType.lowercased().split(separator: ";").dropFirst().contains { parameter in
                let pair = parameter.filter { $0 != " " && $0 != "\"" }.split(separator: "=")
                return pair.count == 2 && pair[0] == "charset" && ["gb18030", "gbk", "gb2312"].contains(pair[1])
            }
    }
}
