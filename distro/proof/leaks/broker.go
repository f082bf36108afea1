package leaks

import (
	"context"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// topics are those of the examples with Kafka.
var topics = []string{"cowork.logs", "cowork.metrics", "cowork.traces", "cowork.alerts", "cowork.ocsf"}

// newBroker starts a broker in this process.
func newBroker() (*kfake.Cluster, error) {
	return kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, topics...))
}

// topicSurfaces returns all records of the topics, once none has come for a while.
func topicSurfaces(broker *kfake.Cluster) ([]surface, error) {
	client, err := kgo.NewClient(kgo.SeedBrokers(broker.ListenAddrs()...), kgo.ConsumeTopics(topics...))
	if err != nil {
		return nil, err
	}
	defer client.Close()
	values := map[string][]byte{}
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		fetched := client.PollFetches(ctx)
		cancel()
		if fetched.Empty() {
			break
		}
		fetched.EachRecord(func(r *kgo.Record) { values[r.Topic] = append(append(values[r.Topic], r.Value...), r.Key...) })
	}
	var all []surface
	for topic, blob := range values {
		all = append(all, surface{"topic " + topic, blob})
	}
	return all, nil
}
