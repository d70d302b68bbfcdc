-- Deletes a lease if this holder has it, and charges the owner of the job for the work that was lost.
local lease_key, job_key = unpack(KEYS)
local holder, lost_seconds = unpack(ARGV)

if redis.call('GET', lease_key) == holder then
  redis.call('DEL', lease_key)
  charge(name_owner(job_key), lost_seconds)
end
