/// What `c8run init` says.
enum InitMessage: MessageKey {
    case written

    var message: Message {
        switch self {
        case .written: Message("{count} files written to {folder}. Next:", "已在 {folder} 写入 {count} 个文件。接下来：")
        }
    }
}
