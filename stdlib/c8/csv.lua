-- c8.csv: tables as text, read and written row by row.
local _, native, support = ...

local getmetatable, ipairs, next, rawequal = getmetatable, ipairs, next, rawequal
local setmetatable, tostring, type = setmetatable, tostring, type
local pack = table.pack
local null = native.null
local is_callable, invalid = support.is_callable, support.invalid
local bad_argument, expect = support.bad_argument, support.expect

local csv = {}

--- What a generic `for` needs: it closes the file however the loop ends.
local function iterator(take, close, pull, supply, finish)
  local buffer, position = { n = 1 }, 2
  local function next_row()
    while position > buffer.n do
      buffer, position = pack(take()), 2
      if buffer[1] then
        position = 2
        buffer.n = 1
        return nil
      end
      if buffer.n < 2 and pull then
        local piece = pull()
        if piece == nil then
          finish()
          pull = nil
        elseif type(piece) ~= "string" then
          invalid("the iterator of csv.rows must give lines as strings, not a " .. type(piece))
        else
          supply(piece)
        end
      end
    end
    local row, line = buffer[position], buffer[position + 1]
    position = position + 2
    return row, line
  end
  return next_row, nil, nil, setmetatable({}, { __close = close, __metatable = false })
end

--- The rows of a table, each with the number of its line: `for row, line in csv.rows("codes.csv") do`.
--- The source is the path of a file, or an iterator over its lines.
function csv.rows(source, options)
  if type(source) == "string" then
    return iterator(native.open(source, options))
  end
  if not is_callable(source) then
    expect("the path of a file or an iterator", 1, "rows", source)
  end
  local take, close, supply, finish = native.open(nil, options)
  return iterator(take, close, source, supply, finish)
end

--- The rows of a table that is at hand as text.
function csv.parse(text, options)
  return iterator(native.text(text, options))
end

local function text_of(value, place)
  local kind = type(value)
  if kind == "string" then
    return value
  elseif kind == "nil" or rawequal(value, null) then
    return ""
  elseif kind == "number" or kind == "boolean" then
    return tostring(value)
  end
  invalid("the field " .. place .. " of a row is a " .. kind .. ", which no table can hold")
end

local function fields_of(row, header)
  local fields = {}
  if header and row[1] == nil then
    for name in next, row do
      local is_known = false
      for _, known in ipairs(header) do
        is_known = is_known or known == name
      end
      if not is_known then
        invalid("the row has the name " .. tostring(name) .. ", which the header lacks")
      end
    end
    for i, name in ipairs(header) do
      fields[i] = text_of(row[name], name)
    end
    return fields
  end
  local count = header and #header or #row
  for i = 1, count > #row and count or #row do
    fields[i] = text_of(row[i], i)
  end
  if #fields == 0 and next(row) ~= nil then
    invalid("a row with names needs the option header, which says their order")
  end
  return fields
end

local writer_methods = {}
local writer_meta = { __name = "c8.csv.writer", __metatable = false, __index = writer_methods }

local function internals(writer, name)
  local inside = type(writer) == "table" and getmetatable(writer) == false and writer[writer_meta]
  if not inside then
    invalid("calling '" .. name .. "' on a bad self (a writer of csv.write expected)")
  end
  return inside
end

--- Adds a row: a list of values, or a table by the names of the header.
function writer_methods.row(writer, row)
  local inside = internals(writer, "row")
  if type(row) ~= "table" then
    expect("table", 1, "row", row)
  end
  inside.add(fields_of(row, inside.header))
  return writer
end

writer_methods.write = writer_methods.row

--- Puts the file in its place.
function writer_methods.close(writer)
  internals(writer, "close").commit()
end

function writer_meta.__close(writer, problem)
  local inside = writer[writer_meta]
  if problem == nil then
    inside.commit()
  else
    inside.discard()
  end
end

local function writer_of(path, options)
  local header, rest
  if options ~= nil then
    if type(options) ~= "table" then
      expect("table", 2, "write", options)
    end
    rest = {}
    for name, value in next, options do
      if name == "header" then
        header = value
      else
        rest[name] = value
      end
    end
    if header ~= nil and type(header) ~= "table" then
      bad_argument(2, "write", "header must be a list of names")
    end
  end
  local add, commit, discard = native.create(path, rest)
  if header then
    add(fields_of(header))
  end
  local inside = { add = add, commit = commit, discard = discard, header = header }
  return setmetatable({ [writer_meta] = inside }, writer_meta)
end

--- Writes a table, whole or not at all. With rows, a list or an iterator, all of it at once; without, returns a writer:
--- `local out <close> = csv.write("report.csv", {header = {"order", "state"}})`, `out:row{…}`.
function csv.write(path, rows, options)
  if options == nil and (rows == nil or type(rows) == "table" and rows[1] == nil and next(rows) ~= nil) then
    return writer_of(path, rows)
  end
  if type(rows) ~= "table" and not is_callable(rows) then
    expect("a list of rows or an iterator", 2, "write", rows)
  end
  local out <close> = writer_of(path, options)
  if is_callable(rows) then
    for row in rows do
      out:row(row)
    end
  else
    for _, row in ipairs(rows) do
      out:row(row)
    end
  end
end

return csv
