-- Deletes the lease on a job if this holder has it, and charges the owner of the job for the work that was lost.
local lease_key = names.lease .. given.job_id

if redis.call('GET', lease_key) == given.holder then
  redis.call('DEL', lease_key)
  charge(name_owner(names.job .. given.job_id), given.lost_seconds)
end
