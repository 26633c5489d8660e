/// What `c8run token status` tells, line by line.
enum TokenMessage: MessageKey {
    case none, source, state, good, expired, age, expires, ended, refresh, refreshNext, holder, next, clock, refused

    var message: Message {
        switch self {
        case .none: Message("no token is cached", "没有缓存的令牌")
        case .source: Message("source   {value}", "来源      {value}")
        case .state: Message("state    {value}", "状态      {value}")
        case .good: Message("good", "有效")
        case .expired: Message("expired", "已过期")
        case .age: Message("age      {time}", "已用时长  {time}")
        case .expires: Message("expires  in {time}", "过期      {time} 后")
        case .ended: Message("expires  {time} ago", "过期      {time} 前")
        case .refresh: Message("refresh  in {time}", "刷新      {time} 后")
        case .refreshNext: Message("refresh  with the next call", "刷新      下次调用时")
        case .holder: Message("holder   {value}", "获取者    {value}")
        case .next: Message("next     a new one may be fetched in {time}", "下次获取  {time} 后可以获取新令牌")
        case .clock:
            Message(
                "clock    this machine's is {difference} the platform's; set it, as with timedatectl set-ntp true",
                "时钟      本机时钟比平台{difference}；请校准，例如 timedatectl set-ntp true")
        case .refused: Message("refused  {code}: the platform refused the credentials", "被拒绝    {code}：平台拒绝了凭据")
        }
    }
}
