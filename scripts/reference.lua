#!/usr/bin/env c8run
-- Writes the reference of the Lua modules from the type files that editors read, so that there is one source of both.
--
--   scripts/c8run --allow-read=stdlib/types --allow-write=docs/modules.md scripts/reference.lua [docs/modules.md]
--
-- needs: --allow-read=stdlib/types --allow-write=docs/modules.md

local fs = require "c8.fs"

local target = ... or "docs/modules.md"

local INTRODUCTION = [[
# Lua modules

What `require` finds in every script, beside files below the script's own folder. This page is made from the type files
that editors read (`c8run api types`) by `scripts/reference.lua`; a test holds it up to date. The platform's operations
are on [api.md](api.md).

A type with `?` may be left out. Functions raise errors as [values with fields](#c8error).
]]

--- The first type of a text, which may hold brackets and `|` with blanks around it, and what follows it.
local function split_type(text)
  local depth, i = 0, 1
  while i <= #text do
    local c = text:sub(i, i)
    if c:find("[%(%[{<]") then
      depth = depth + 1
    elseif c:find("[%)%]}>]") then
      depth = depth - 1
    elseif c == '"' then
      i = text:find('"', i + 1, true) or #text
    elseif c == " " and depth == 0 then
      local before, after = text:sub(1, i - 1), text:sub(i + 1)
      if not (before:find("[|:,]$") or after:find("^|")) then return before, after end
    end
    i = i + 1
  end
  return text, ""
end

--- `type, optional`: one way to write that a value may be missing.
local function optional(name, kind)
  local plain, count = kind:gsub("%s*|%s*nil$", "")
  if count == 0 then plain, count = kind:gsub("%?$", "") end
  if name:find("%?$") then return plain, true end
  return plain, count > 0
end

local function sentence(text)
  local result = text:gsub("^#%s*", ""):gsub("^%l", string.upper)
  return result:find("…$") and result or (result:gsub("([^%.:])$", "%1."))
end

--- Reads one type file into a list of blocks: classes, aliases and functions, in the file's order.
local function read(path)
  local blocks, block = {}, { text = {} }
  local function close(kind, name)
    block.kind, block.name = kind, name
    blocks[#blocks + 1] = block
    block = { text = {} }
  end
  for line in fs.lines(path) do
    local tag, rest = line:match("^%-%-%-@(%w+)%s*(.*)$")
    local option, note = line:match("^%-%-%-|%s*(%S+)%s*#?%s*(.*)$")
    if tag == "class" or tag == "alias" then
      if block.class or block.alias then close(block.class and "class" or "alias", block.class or block.alias) end
      local name, kind = rest:gsub("^%(exact%)%s*", ""):match("^([%w_.]+)%s*:?%s*(.*)$")
      block[tag], block.parent, block.fields, block.options = name, kind, {}, {}
    elseif tag == "field" then
      local name, kind = rest:match("^(%S+)%s+(.*)$")
      local of, remark = split_type(kind)
      block.fields[#block.fields + 1] = { name = name, type = of, text = remark }
    elseif option then
      block.options[#block.options + 1] = { name = option, text = note }
    elseif tag == "param" then
      local name, kind = rest:match("^(%S+)%s+(.*)$")
      local of, remark = split_type(kind)
      block.params = block.params or {}
      block.params[#block.params + 1] = { name = name, type = of, text = remark }
    elseif tag == "overload" and block.class then
      block.calls = block.calls or {}
      block.calls[#block.calls + 1] = "`" .. rest .. "`"
    elseif tag == "return" then
      block.returns = block.returns or {}
      block.returns[#block.returns + 1] = rest
    elseif not tag and line:find("^%-%-%-") then
      if #block.text == 0 and (block.class or block.alias) then
        close(block.class and "class" or "alias", block.class or block.alias)
      end
      block.text[#block.text + 1] = line:match("^%-%-%-%s?(.*)$")
    elseif not tag then
      local name = line:match("^function ([%w_.:]+)%(")
      if name then
        block.arguments = line:match("%((.-)%)")
        close("function", name)
      elseif block.class or block.alias then
        local own = line:match("^local (%w+) = {}")
        block.variable = own
        close(block.class and "class" or "alias", block.class or block.alias)
      else
        block = { text = {} }
      end
    end
  end
  return blocks
end

local lines = {}
local function put(text) lines[#lines + 1] = text or "" end

local function cell(text) return (text:gsub("|", "\\|")) end

local function rows(head, list)
  put("| " .. head .. " | type | |")
  put "|---|---|---|"
  for _, item in ipairs(list) do
    local kind, may = optional(item.name, item.type)
    put(("| `%s` | `%s`%s | %s |"):format((item.name:gsub("%?$", "")), cell(kind), may and " ?" or "",
      cell(item.text == "" and "" or sentence(item.text))))
  end
  put()
end

local function signature(block)
  local may = {}
  for _, param in ipairs(block.params or {}) do
    may[param.name:gsub("%?$", "")] = select(2, optional(param.name, param.type))
  end
  local out, depth = "", 0
  for name in block.arguments:gmatch("[%w_.]+") do
    local separator = out == "" and "" or ", "
    if may[name] then
      out, depth = out .. "[" .. separator .. name, depth + 1
    else
      out = out .. separator .. name
    end
  end
  return block.name .. "(" .. out .. ("]"):rep(depth) .. ")"
end

local function write_function(block)
  put("### `" .. signature(block) .. "`")
  put()
  if #block.text > 0 then
    put(table.concat(block.text, "\n"))
    put()
  end
  if block.params then rows("argument", block.params) end
  if block.returns then
    for i, result in ipairs(block.returns) do
      local kind, remark = split_type(result)
      -- A name, and perhaps what it is.
      remark = remark:gsub("^([%a_][%w_]*) ", "%1: ")
      block.returns[i] = "`" .. kind .. "`" .. (remark ~= "" and " " .. remark or "")
    end
    put("Returns " .. table.concat(block.returns, ", ") .. ".")
    put()
  end
end

local function write(name, blocks)
  put("## " .. name)
  put()
  for _, block in ipairs(blocks) do
    if block.kind == "function" then
      write_function(block)
    else
      if block.name ~= name then
        put("### " .. block.name)
        put()
      end
      if #block.text > 0 then
        put(table.concat(block.text, "\n"))
        put()
      end
      if block.parent ~= "" and block.kind == "class" then
        put("With the fields of `" .. block.parent .. "`, too.\n")
      end
      if block.parent ~= "" and block.kind == "alias" then put("`" .. block.parent .. "`\n") end
      if block.calls then put("Called as " .. table.concat(block.calls, " or ") .. ".\n") end
      if block.fields and #block.fields > 0 then rows("field", block.fields) end
      if block.options and #block.options > 0 then
        for _, option in ipairs(block.options) do put("- `" .. option.name .. "`: " .. option.text) end
        put()
      end
    end
  end
end

put(INTRODUCTION)
write("c8", read "stdlib/types/c8.lua")
for _, path in ipairs(fs.glob "stdlib/types/c8/*.lua") do
  write("c8." .. path:match("([%w_]+)%.lua$"), read(path))
end
while lines[#lines] == "" do lines[#lines] = nil end
fs.write(target, table.concat(lines, "\n") .. "\n")
