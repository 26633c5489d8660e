-- A sun and four planets that attract each other, in small steps of time; floats and fields.
local pi = 3.141592653589793
local day, mass_of_sun = 365.24, 4 * pi * pi
local function body(x, y, z, vx, vy, vz, mass)
  return { x = x, y = y, z = z, vx = vx * day, vy = vy * day, vz = vz * day, mass = mass * mass_of_sun }
end

local bodies = {
  body(0, 0, 0, 0, 0, 0, 1),
  body(4.8, -1.2, -0.1, 0.0017, 0.0077, -0.00007, 0.00095),
  body(8.3, 4.1, -0.4, -0.0028, 0.005, 0.00002, 0.00029),
  body(12.9, -15.1, -0.2, 0.003, 0.0024, -0.00003, 0.00004),
  body(15.4, -25.9, 0.2, 0.0027, 0.0016, -0.0001, 0.00005),
}

local function advance(step)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local pull = step / (square * square ^ 0.5)
      local by_b, by_a = b.mass * pull, a.mass * pull
      a.vx, a.vy, a.vz = a.vx - dx * by_b, a.vy - dy * by_b, a.vz - dz * by_b
      b.vx, b.vy, b.vz = b.vx + dx * by_a, b.vy + dy * by_a, b.vz + dz * by_a
    end
  end
  for i = 1, #bodies do
    local a = bodies[i]
    a.x, a.y, a.z = a.x + step * a.vx, a.y + step * a.vy, a.z + step * a.vz
  end
end

for _ = 1, 250000 do advance(0.01) end
for _, a in ipairs(bodies) do print(("%.9f %.9f %.9f"):format(a.x, a.y, a.z)) end
