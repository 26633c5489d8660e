-- c8.upload: checks and completes a request before the host takes it. Loaded when it is first used.
local native, support = ...

local next, require, tostring, type = next, require, tostring, type
local find, sub = string.find, string.sub
local concat, sort = table.concat, table.sort
local upload_rows, stop = native.upload, native.stop
local is_callable = support.is_callable

--- What is in doubt within a flow's step ends the run: nothing in the script catches that.
local function upload(request)
  local summary, input = upload_rows(request)
  if summary == nil then
    stop(input)
  end
  return summary, input
end

local fields = {
  operation = true, file = true, rows = true, column = true, field = true, batch = true, concurrency = true,
  body = true, id = true, pattern = true, on_reject = true, verify = true, header = true, separator = true,
}

local function wrong(problem)
  support.bad_argument(1, "c8.upload", problem)
end

--- A pattern stands for the whole value.
local function anchored(pattern)
  if sub(pattern, 1, 1) ~= "^" then
    pattern = "^" .. pattern
  end
  if not find(pattern, "[^%%]%$$") then
    pattern = pattern .. "$"
  end
  return pattern
end

--- The places of the values that are not to be sent.
local function checker(pattern)
  local test = pattern
  if type(pattern) == "string" then
    find("", pattern)
    pattern = anchored(pattern)
    find("", pattern)
    function test(value)
      return find(value, pattern)
    end
  end
  return function(values)
    local bad, count = {}, 0
    for i = 1, #values do
      if not test(values[i]) then
        count = count + 1
        bad[count] = i
      end
    end
    return bad
  end
end

--- Gives values of a list or an iterator, some at a time.
local function giver(rows, column)
  local index = 0
  local function next_row()
    if is_callable(rows) then
      return rows()
    end
    index = index + 1
    return rows[index]
  end
  local ended = false
  return function(most)
    local values, count = {}, 0
    while count < most and not ended do
      local row = next_row()
      if row == nil then
        ended = true
      else
        if type(row) == "table" then
          row = row[column == nil and 1 or column]
        end
        count = count + 1
        values[count] = row == nil and "" or row
      end
    end
    return values
  end
end

local function prepared(request)
  if type(request) ~= "table" then
    wrong("table expected, got " .. type(request))
  end
  local copy = {}
  for name, value in next, request do
    if not fields[name] then
      local names = {}
      for known in next, fields do
        names[#names + 1] = known
      end
      sort(names)
      wrong("unknown field '" .. tostring(name) .. "'; there are " .. concat(names, ", "))
    end
    copy[name] = value
  end
  if (copy.file == nil) == (copy.rows == nil) then
    wrong("give one of file and rows")
  end
  if copy.rows ~= nil then
    if type(copy.rows) ~= "table" and not is_callable(copy.rows) then
      wrong("field rows: a list or an iterator expected, got " .. type(copy.rows))
    end
    copy.next, copy.rows, copy.column = giver(copy.rows, copy.column), nil, nil
  end
  if copy.pattern ~= nil then
    if type(copy.pattern) ~= "string" and not is_callable(copy.pattern) then
      wrong("field pattern: a pattern or a function expected, got " .. type(copy.pattern))
    end
    copy.check = checker(copy.pattern)
    if type(copy.pattern) ~= "string" then
      copy.pattern = "a function"
    end
  end
  if copy.on_reject ~= nil and type(copy.on_reject) ~= "string" and not is_callable(copy.on_reject) then
    wrong("field on_reject: the path of a file or a function expected, got " .. type(copy.on_reject))
  end
  if copy.header ~= nil and type(copy.header) ~= "boolean" then
    wrong("field header: true or false expected, got " .. type(copy.header))
  end
  if copy.id ~= nil and (type(copy.id) ~= "string" or copy.id == "") then
    wrong("field id: a string expected")
  end
  copy.id, copy.name = nil, copy.id
  return copy
end

--- As a step, whose result is the sums and what was read.
local function in_step(copy, step)
  local has_run = false
  local result = step(function()
    has_run = true
    local summary, input = upload(copy)
    return { summary = summary, input = input }
  end)
  if not has_run then
    native.check_input(copy, result.input)
  end
  return result.summary
end

--- Outside of a flow's step, an upload that is to be gone on with is one itself: with an id, of a flow of its own, else
--- of the flow around it.
return function(request)
  local copy = prepared(request)
  local id, place = copy.name, native.place()
  if place == "step" or place == nil and id == nil then
    return (upload(copy))
  end
  local flow = require("c8.flow")
  copy.name = nil
  if id == nil then
    return in_step(copy, function(fn)
      return support.flow_step("upload " .. tostring(copy.operation), fn)
    end)
  end
  return in_step(copy, function(fn)
    return flow.run("upload " .. id, function(f)
      return f:step("upload", fn)
    end)
  end)
end
