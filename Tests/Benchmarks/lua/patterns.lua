-- Ordinary patterns over ordinary text.
local line = "  2026-11-24T06:30:00Z  level=info  message=the quick brown fox jumps  code=000123456789, ok  "
local text = line:rep(200)
local count = 0
for _ = 1, 40 do
  for word in text:gmatch("%w+") do count = count + #word end
  for key, value in text:gmatch("(%a+)=(%w+)") do count = count + #key + #value end
  count = count + select(2, text:gsub("%s+", " "))
  count = count + select(2, text:gsub("[^,]+", "%0"))
  for _ = 1, 200 do
    count = count + #line:match("^%s*(.-)%s*$") + (line:find("jumps", 1, true) or 0)
    count = count + (line:find("code=(%d+)") or 0) + #line:upper()
  end
end
print(count)
