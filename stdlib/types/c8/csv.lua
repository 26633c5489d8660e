---@meta c8.csv

---@class c8.csv
local csv = {}

---@class (exact) c8.csv.Options
---@field header boolean|nil whether the first row names the columns; true if not said
---@field separator string|nil one character; a comma if not said
---@field encoding string|nil "auto", "utf-8" or "gb18030"
---@field column string|integer|nil only this column: each row is its value
---@field columns any[]|nil only these columns, by name, or by number where there is no header
---@field ragged boolean|nil rows may have more or fewer fields than the header

--- The rows of a table, each with the number of its line. A file whose name ends in .gz is unpacked.
---@param source string|function the path of a file, or an iterator over lines
---@param options c8.csv.Options|nil
---@return function iterator
function csv.rows(source, options) end

--- The rows of a table that is at hand as text.
---@param text string
---@param options c8.csv.Options|nil
---@return function iterator
function csv.parse(text, options) end

---@class (exact) c8.csv.WriteOptions
---@field header string[]|nil the names of the columns, which are written first
---@field separator string|nil
---@field encoding string|nil "utf-8" or "gb18030"
---@field bom boolean|nil tells Excel that the text is UTF-8
---@field line_end string|nil "lf" or "crlf"

--- A table that is being written; it appears under its name when it is closed.
---@class c8.csv.Writer
local Writer = {}

---@param row table a list of values, or a table by the names of the header
---@return c8.csv.Writer
function Writer:row(row) end

function Writer:close() end

--- Writes a table whole, or without rows returns a writer.
---@param path string
---@param rows table|function|nil a list of rows or an iterator over them; or the options
---@param options c8.csv.WriteOptions|nil
---@return c8.csv.Writer|nil
function csv.write(path, rows, options) end

return csv
