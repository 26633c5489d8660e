---@meta c8.fs

--- Files, as far as `--allow-read` and `--allow-write` grant them.
---@class c8.fs
local fs = {}

---@class (exact) c8.ReadOptions
---@field max_bytes? integer The longest file that is read; 64 MiB if nil.

---@class (exact) c8.LinesOptions
---@field max_line? integer The longest line in bytes; 1 MiB if nil.

---@class (exact) c8.StatOptions
---@field follow? boolean False to look at a link itself.

---@class (exact) c8.MkdirOptions
---@field parents? boolean Make the folders above it too; no error if it is there.

---@class (exact) c8.RemoveOptions
---@field recursive? boolean Remove a folder with all it holds.

---@class c8.FileStatus
---@field type "file" | "directory" | "link" | "other"
---@field size integer
---@field modified number Seconds since 1970.
---@field mode integer The permission bits.

---@param path string
---@param options? c8.ReadOptions
---@return string
function fs.read(path, options) end

--- Replaces a file's content at once: it is the old or the new, never half of it.
---@param path string
---@param content string
function fs.write(path, content) end

---@param path string
---@param content string
function fs.append(path, content) end

--- The lines without their ends, for a generic `for`.
---@param path string
---@param options? c8.LinesOptions
---@return fun(): string?
function fs.lines(path, options) end

---@param path string
---@return string[]
function fs.list(path) end

---@param path string
---@param options? c8.StatOptions
---@return c8.FileStatus
function fs.stat(path, options) end

---@param path string
---@return boolean
function fs.exists(path) end

---@param path string
---@param options? c8.MkdirOptions
function fs.mkdir(path, options) end

---@param path string
---@param options? c8.RemoveOptions
function fs.remove(path, options) end

---@param from string
---@param to string
function fs.rename(from, to) end

--- The paths that match a pattern, sorted: `fs.glob("in/**/*.csv")`.
---@param pattern string
---@return string[]
function fs.glob(pattern) end

return fs
