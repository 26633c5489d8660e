/// How the characters of a table are stored as bytes.
package enum CSVEncoding: String, Sendable, CaseIterable {
    /// By the byte order mark of UTF-8 or UTF-16. Without one, the first byte that is no ASCII decides with the 64 KiB
    /// that follow it: UTF-8 where all of that is UTF-8, else GB18030. Until these bytes are there, the rows that hold
    /// them wait; a table that comes slowly is better read with its encoding given.
    case automatic = "auto"
    case utf8 = "utf-8"
    /// Of which GBK and GB2312 are parts.
    case gb18030 = "gb18030"
}
