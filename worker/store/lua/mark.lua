-- Changes the mark of a résumé: `items` are the fields, each with its value. Answers 1, or 0 if the job does not exist. The
-- earlier note is deleted from the disk, too, by a rewrite of the append-only file.
local job_key = names.job .. given.job_id

if redis.call('EXISTS', job_key) == 0 then return 0 end
redis.call('HSET', job_key, 'marked_at', given.marked_at, unpack(items))
redis.call('DEL', names.clean)
note_change(job_key)
return 1
