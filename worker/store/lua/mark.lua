-- Changes the mark of a résumé: `items` are the fields, each with its value. With `compares`, only if the
-- note is still `note_before`. Answers “marked”, “note_changed”, or nothing if the job does not exist. The earlier note is
-- deleted from the disk, too, by a rewrite of the append-only file.
local job_key = names.job .. given.job_id

if redis.call('EXISTS', job_key) == 0 then return false end
if given.compares ~= '' and (redis.call('HGET', job_key, 'note') or '') ~= given.note_before then return 'note_changed' end
redis.call('HSET', job_key, 'marked_at', given.marked_at, unpack(items))
redis.call('DEL', names.clean)
note_change(job_key)
return 'marked'
