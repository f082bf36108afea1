package fleet
import "testing"
func TestZZ(t *testing.T){ 
	var sum Tally; var durs int64; var long int
	first:=map[string]int64{}; last:=map[string]int64{}
	bs:=told(t, crowd())
	for _, b := range bs { sum.Add(b.Logs); for _,rl:=range b.Logs.ResourceLogs().All(){ for _,r:=range rl.ScopeLogs().At(0).LogRecords().All(){ id:=text(r.Attributes(),"prompt.id"); if id!=""{ ts:=int64(r.Timestamp())/1e6; if f,ok:=first[id];!ok||ts<f{first[id]=ts}; if ts>last[id]{last[id]=ts} } } } }
	for id:=range first { d:=last[id]-first[id]; durs+=d; if d>600000{long++} }
	t.Log("per prompt", float64(sum.Events)/float64(len(sum.Prompts)), "sessions", len(sum.Sessions), "dur", float64(durs)/1e3/float64(len(first)), "long", long, "usd/prompt", float64(sum.Micros)/1e6/float64(len(first)))
	for k,n := range sum.Kinds { t.Logf("%-26s %.3f  per prompt %.3f", k, 100*float64(n)/float64(sum.Events), float64(n)/float64(len(sum.Prompts))) }
}
