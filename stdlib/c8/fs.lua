-- c8.fs: files, as far as they are granted. All of it is the host's; only the iterator of `lines` is made here.
local _, native = ...

local ipairs, setmetatable = ipairs, setmetatable
local open_lines = native.lines

local fs = {}
for _, name in ipairs({
  "read", "write", "append", "list", "stat", "mkdir", "remove", "rename", "exists", "glob",
}) do
  fs[name] = native[name]
end

--- The lines of a file, without their ends, for a generic `for`, which closes the file however the loop ends.
--- It can also be kept: `local lines <close> = fs.lines(path)`, then `lines()` gives the next line, and nil at the end.
function fs.lines(path, options)
  local next_line, close = open_lines(path, options)
  local lines = setmetatable({}, {
    __call = next_line,
    __close = close,
    __index = { close = close },
    __name = "c8.fs.lines",
    __metatable = false,
  })
  return lines, nil, nil, lines
end

return fs
