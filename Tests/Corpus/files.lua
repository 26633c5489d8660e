--# nothing is readable without a grant
--: exit 77
--: complains --allow-read=
c8.fs.read("inside/file.txt")
--# nothing is writable without a grant
--: exit 77
--: complains --allow-write=
c8.fs.write("new.txt", "x")
--# a granted folder is readable
--: args --allow-read=inside
--: prints inside
io.write(c8.fs.read("inside/file.txt"))
--# dots do not leave the folder
--: args --allow-read=inside
--: exit 77
--: never CANARY
print(c8.fs.read("inside/../outside/secret.txt"))
--# an absolute path is judged the same
--: args --allow-read=inside
--: exit 77
--: never CANARY
print(c8.fs.read("@DIR@/outside/secret.txt"))
--# a link does not lead out
--: args --allow-read=inside
--: exit 77
--: never CANARY
print(c8.fs.read("inside/link"))
--# a link in the middle does not lead out
--: args --allow-read=inside
--: exit 77
--: never CANARY
print(c8.fs.read("inside/linkdir/secret.txt"))
--# dots behind a link do not lead out
--: args --allow-read=inside
--: exit 77
--: never CANARY
print(c8.fs.read("inside/linkdir/../../outside/secret.txt"))
--# a name that begins like the grant is not granted
--: args --allow-read=in
--: exit 77
c8.fs.read("inside/file.txt")
--# a NUL does not cut a path
--: args --allow-read=inside
--: exit 1 77
c8.fs.read("inside/file.txt\0.png")
--# /proc is closed
--: args --allow-read
--: exit 77
--: env C8_SECRET_KEY=SECRET-CANARY-1
--: never CANARY
print(c8.fs.read("/proc/self/environ"))
--# /proc is closed by other names
--: args -A
--: exit 77
print(c8.fs.read("/proc/self/../self/mem"))
--# /proc of the thread is closed
--: args -A
--: exit 77
print(c8.fs.read("/proc/thread-self/root/etc/passwd"))
--# /dev/fd is closed
--: args -A
--: exit 77
print(c8.fs.read("/dev/fd/0"))
--# devices are closed
--: args -A
--: exit 77
print(c8.fs.read("/dev/zero"))
--# /sys is closed
--: args -A
--: exit 77
print(c8.fs.read("/sys/kernel/notes"))
--# a FIFO is closed and does not hang
--: args -A --timeout 5s
--: exit 77
print(c8.fs.read("inside/fifo"))
--# writing a FIFO is closed
--: args -A --timeout 5s
--: exit 77
c8.fs.append("inside/fifo", "x")
--# a read grant is no write grant
--: args --allow-read=inside
--: exit 77
c8.fs.write("inside/new.txt", "x")
--# a write grant is no read grant
--: args --allow-write=inside
--: exit 77
print(c8.fs.read("inside/file.txt"))
--# a write does not follow a link
--: args --allow-read=inside --allow-write=inside
--: exit 0 1 77
--: keeps outside/secret.txt
c8.fs.write("inside/link", "overwritten")
--# an append does not follow a link
--: args --allow-read=inside --allow-write=inside
--: exit 1 77
--: keeps outside/secret.txt
c8.fs.append("inside/link", "overwritten")
--# a rename does not carry a file in
--: args --allow-read=inside --allow-write=inside
--: exit 77
c8.fs.rename("outside/secret.txt", "inside/mine.txt")
--# a rename does not carry a file out
--: args --allow-read=inside --allow-write=inside
--: exit 77
c8.fs.rename("inside/file.txt", "outside/secret.txt")
--# a removal does not follow a link
--: args --allow-read=inside --allow-write=inside
--: keeps outside/secret.txt
c8.fs.remove("inside/linkdir") assert(not c8.fs.exists("inside/linkdir"))
--# a recursive removal does not follow a link
--: args --allow-read=inside --allow-write=inside
--: exit 0 77
--: keeps outside/secret.txt
c8.fs.mkdir("inside/a") c8.fs.remove("inside", {recursive = true})
--# the granted folder itself cannot be exchanged for a link
--: args --allow-read=inside --allow-write=inside
--: exit 1 77
c8.fs.rename("inside", "elsewhere")
--# glob stays inside
--: args --allow-read=inside
--: exit 0 77
--: never secret
for _, p in ipairs(c8.fs.glob("inside/**")) do print(p) end for _, p in ipairs(c8.fs.glob("inside/../*")) do print(p) end
--# glob does not go through links
--: args --allow-read=inside
--: exit 0 77
--: never secret.txt
for _, p in ipairs(c8.fs.glob("inside/*/*")) do print(p) end
--# glob patterns that explode are bounded
--: args --allow-read=inside --timeout 0.5s
--: exit 0 1 124
c8.fs.glob("inside/" .. ("*a"):rep(200) .. "b")
--# list of a folder behind a link is denied
--: args --allow-read=inside
--: exit 77
c8.fs.list("inside/linkdir")
--# stat does not tell of what is outside
--: args --allow-read=inside
--: exit 77
print(c8.fs.stat("inside/linkdir/secret.txt").size)
--# exists does not tell of what is outside
--: args --allow-read=inside
--: exit 77
print(c8.fs.exists("outside/secret.txt"))
--# a denial wins
--: args --allow-read=inside --deny-read=inside/file.txt
--: exit 77
c8.fs.read("inside/file.txt")
--# a denial wins over another name of the file
--: args --allow-read --deny-read=outside/secret.txt
--: exit 77
--: never CANARY
print(c8.fs.read("inside/hard.txt"))
--# the state folder is closed, whatever is granted
--: args -A
--: env C8_STATE=@DIR@/state
--: exit 77
c8.fs.list("state")
--# the configuration is closed, whatever is granted
--: args -A --config @DIR@/config.toml
--: exit 77
--: never CANARY
print(c8.fs.read("config.toml"))
--# the configuration cannot be replaced
--: args -A --config @DIR@/config.toml
--: exit 77
--: keeps config.toml
c8.fs.write("config.toml", "x")
--# a big file beyond the memory limit is refused cleanly
--: args -A --max-memory 16MiB
--: exit 1 137
c8.fs.write("inside/big", ("x"):rep(4e6)) for i = 1, 5 do c8.fs.append("inside/big", ("x"):rep(4e6)) end c8.fs.read("inside/big")
--# very many open files are refused
--: args -A
--: exit 1
local t = {} for i = 1, 1000 do t[i] = c8.fs.lines("inside/file.txt") t[i]() end
--# very long names are refused
--: args -A
--: exit 1 77
c8.fs.read(("a/"):rep(10000))
--# very long names cannot be made
--: args -A
--: exit 1
c8.fs.write("inside/" .. ("a"):rep(300), "x")
--# file errors do not show what is in the file
--: args -A
--: exit 1
--: never CANARY
c8.fs.list("outside/secret.txt")
