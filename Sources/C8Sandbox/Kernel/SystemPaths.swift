/// Files of the system that c8run reads while a script runs, found by tracing real runs: resolving names, checking
/// certificates, time zones, the number of processors. None of them is secret to a user of the machine but what /proc
/// shows of this process itself, which the file door refuses and the process's own protection hides from other users.
enum SystemPaths {
    static let readable = [
        // Names: glibc's resolver and the services it may be told to ask (nsswitch.conf).
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services",
        "/etc/protocols", "/etc/networks", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d",
        // Modules of the resolver are loaded when they are first needed.
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib",
        // resolv.conf is often a link to a file that is replaced whenever the network changes: its folder, then.
        "/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf",
        // Certificates of authorities, by the habits of several distributions. Never /etc/ssl/private.
        "/etc/ssl/certs", "/etc/ssl/cert.pem", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs", "/etc/pki/tls/cert.pem",
        "/etc/pki/ca-trust", "/etc/ca-certificates", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
        // Time and text.
        "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/usr/share/locale",
        // Devices.
        "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
        // The number of processors and the memory policy, by which pools of threads and memory are sized.
        "/sys/devices/system/cpu", "/sys/fs/cgroup",
        // The pool of threads looks at /proc/<thread>/stat when all of its threads are busy, and ends the process where
        // it may not. Threads come and go, so that no narrower rule holds.
        "/proc",
    ]

    static let writable = ["/dev/null"]

    /// DNS over TCP, which answers take that are too long for one packet.
    static let namePort: UInt16 = 53
}
