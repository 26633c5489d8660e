/// What to do about what `c8run doctor` found.
enum RemedyMessage: MessageKey {
    case reachability, clock, token, needs, parent, noFolder, owner, update, kernel

    var message: Message {
        switch self {
        case .reachability:
            Message(
                "check base_url, the name server, the firewall, and this machine's certificates (SSL_CERT_FILE names others)",
                "请检查 base_url、域名解析、防火墙以及本机的证书（可用 SSL_CERT_FILE 指定其他证书）")
        case .clock:
            Message(
                "set it, as with timedatectl set-ntp true; tokens live by the time since the machine was started, so a "
                    + "wrong clock costs at most one refused get-token after each start",
                "请校准时钟，例如 timedatectl set-ntp true；令牌按开机以来的时间计时，因此时钟错误至多使每次开机后的一次 get-token 被拒绝")
        case .token:
            Message(
                "make the state folder writable for this user, or name another with C8_STATE",
                "请让当前用户可写状态目录，或用 C8_STATE 指定其他目录")
        case .needs: Message("grant the rest: {options}", "请补充授权：{options}")
        case .parent:
            Message(
                "make {folder} writable, or name another folder in C8_STATE",
                "请将 {folder} 设为可写，或用 C8_STATE 指定其他目录")
        case .noFolder: Message("name another folder in C8_STATE", "请用 C8_STATE 指定其他目录")
        case .owner:
            Message(
                "chown it to this user, or name another folder in C8_STATE",
                "请用 chown 将其改为当前用户所有，或用 C8_STATE 指定其他目录")
        case .update: Message("update c8run on this machine", "请升级本机的 c8run")
        case .kernel:
            Message(
                "scripts still run behind c8run's own checks; Linux 6.7 and later have all of it, unless a container's own "
                    + "filter hides it", "脚本仍受 c8run 自身检查的约束；Linux 6.7 及更新版本具备全部功能，除非被容器自身的过滤器屏蔽")
        }
    }
}
