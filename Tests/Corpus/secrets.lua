--# the secret is not in the environment
--: args -A
--: env C8_SECRET_KEY=SECRET-CANARY-1
--: exit 77
--: never CANARY
print(os.getenv("C8_SECRET_KEY"))
--# the sign is not in the environment
--: args --allow-env=C8_SECRET_KEY_SIGN
--: env C8_SECRET_KEY_SIGN=0123456789abcdef0123456789CANARY
--: exit 77
--: never CANARY
print(c8.env.get("C8_SECRET_KEY_SIGN"))
--# other variables are closed
--: env HOME=/home/CANARY
--: exit 77
--: never CANARY
print(os.getenv("HOME"))
--# a granted variable is open
--: args --allow-env=FACTORY
--: env FACTORY=f-7
--: prints f-7
print(os.getenv("FACTORY"), c8.env.get("FACTORY"))
--# a denied variable is closed
--: args --allow-env --deny-env=FACTORY
--: env FACTORY=CANARY
--: exit 77
--: never CANARY
print(os.getenv("FACTORY"))
--# a name with = or NUL is no way round
--: args --allow-env=A
--: env C8_SECRET_KEY=SECRET-CANARY-1
--: exit 77
--: never CANARY
print(os.getenv("A\0C8_SECRET_KEY"))
--# the token needs its grant
--: args --emulator
--: exit 77
--: complains --allow-token
print(c8.token.reveal())
--# the token needs its grant, also by its own operation
--: args --emulator
--: exit 0 1 77
--: never eyJ
print(c8.json.encode(c8.auth.get_token({})))
--# the token needs its grant, also by a raw request
--: args --emulator
--: exit 0 1 77
--: never eyJ
local ok, e = pcall(c8.request, {method = "POST", path = "/openapi/base/auth/get-token", body = {}}) print(ok, e)
--# the token is not in the status
--: args --emulator
--: never eyJ
c8.token.refresh() for k, v in pairs(c8.token.status()) do print(k, v) end
--# the platform's client goes to no other host
--: args --emulator
--: exit 1 77
--: complains path
c8.request{method = "GET", path = "//evil.example/x"}
--# the platform's client takes no whole URL
--: args --emulator
--: exit 1 77
c8.request{method = "GET", path = "http://evil.example/x"}
--# the platform's client takes no user name in a path
--: args --emulator
--: exit 1 77
c8.request{method = "GET", path = "@evil.example/x"}
--# the platform's client takes no line break in a path
--: args --emulator
--: exit 1 77
c8.request{method = "GET", path = "/x\r\nHost: evil"}
--# the platform's client takes no line break in a header
--: args --emulator
--: exit 1 77
c8.request{method = "GET", path = "/x", headers = {A = "b\r\nC: d"}}
--# the token's header is not the script's
--: args --emulator
--: exit 1 77
c8.request{method = "GET", path = "/x", headers = {Authorization = "mine"}}
--# loopback is closed
--: args --allow-net
--: exit 77
c8.http.get("http://127.0.0.1:1/")
--# localhost is closed
--: args --allow-net=example.com
--: exit 77
c8.http.get("http://localhost:1/")
--# the cloud's metadata are closed
--: args --allow-net
--: exit 77
c8.http.get("http://169.254.169.254/latest/meta-data/")
--# the unspecified address is closed
--: args --allow-net
--: exit 77
c8.http.get("http://0.0.0.0:1/")
--# IPv6 loopback is closed
--: args --allow-net
--: exit 77
c8.http.get("http://[::1]:1/")
--# mapped addresses are closed
--: args --allow-net
--: exit 77
c8.http.get("http://[::ffff:127.0.0.1]:1/")
--# private addresses are closed
--: args --allow-net
--: exit 77
c8.http.get("http://192.168.0.1/")
--# a number is no host
--: args --allow-net
--: exit 77
c8.http.get("http://2130706433:1/")
--# a hexadecimal number is no host
--: args --allow-net
--: exit 77
c8.http.get("http://0x7f.1:1/")
--# an octal number is no host
--: args --allow-net
--: exit 77
c8.http.get("http://0177.0.0.1:1/")
--# a user name does not disguise the host
--: args --allow-net=example.com
--: exit 77
c8.http.get("http://example.com@127.0.0.1:1/")
--# a backslash does not disguise the host
--: args --allow-net=example.com
--: exit 77
c8.http.get("http://example.com\\@127.0.0.1:1/")
--# a suffix is no grant for its look-alikes
--: args --allow-net=*.example.com
--: exit 77
c8.http.get("http://badexample.com/")
--# other schemes are refused
--: args -A
--: exit 1
c8.http.get("file:///etc/passwd")
--# sockets of the machine are refused
--: args -A
--: exit 1
c8.http.get("http+unix://%2Fvar%2Frun%2Fdocker.sock/x")
