-- Deletes a lease if this holder has it.
local lease_key = KEYS[1]
local holder = ARGV[1]

if redis.call('GET', lease_key) == holder then redis.call('DEL', lease_key) end
