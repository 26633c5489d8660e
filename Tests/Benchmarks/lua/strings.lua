-- Building strings in the ways that scripts do.
local total = 0
for round = 1, 90 do
  local parts = {}
  for i = 1, 20000 do
    parts[#parts + 1] = "code-" .. i .. ":" .. (i * round) .. ";"
  end
  total = total + #table.concat(parts) + #string.format("%d %s %5.2f", round, parts[1], round / 3)
end
print(total)
