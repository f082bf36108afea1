package losses

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twmb/franz-go/pkg/kfake"

	"github.com/cowork-otel/collector/distro/proof/process"
)

// A layout starts the collectors of a run. The clients send to w.collector.
type layout func(w *scenarioRun, o Options, dir, backend string, s *Scenario) error

// single is one collector with the default configuration and the overlay.
func single(w *scenarioRun, o Options, dir, backend string, s *Scenario) error {
	configs, err := writeConfigs(dir, backend, s.config)
	if err != nil {
		return err
	}
	if w.collector, err = process.New(o.Binary, dir, configs...); err != nil {
		return err
	}
	return w.collector.Start()
}

// short is merged into the examples of correlators, so that prompts end within a scenario.
const short = "processors: {cowork_correlation: {idle_timeout: 3s}}\n"

// pageInMemory runs the page of a correlator without PostgreSQL.
const pageInMemory = "COWORK_DATABASE="

// correlators is how many the layout with two tiers has.
const correlators = 2

// twoTiers is scale-ingest.yaml in front of scale-correlate.yaml.
func twoTiers(w *scenarioRun, o Options, dir, backend string, _ *Scenario) error {
	env, err := writeCertificate(dir)
	if err != nil {
		return err
	}
	env = append(env, "OTLP_ENDPOINT=http://"+backend, pageInMemory)
	var hosts []string
	for i := range correlators {
		c, err := example(o, filepath.Join(dir, fmt.Sprint("correlate", i)), "scale-correlate.yaml", short)
		if err != nil {
			return err
		}
		c.Env = env
		hosts = append(hosts, c.GRPC)
		w.others = append(w.others, c)
		if err := c.Start(); err != nil {
			return err
		}
	}
	if w.collector, err = example(o, filepath.Join(dir, "ingest"), "scale-ingest.yaml", ""); err != nil {
		return err
	}
	w.collector.Env = slices.Concat(env, []string{"COWORK_CORRELATORS=[" + strings.Join(hosts, ", ") + "]"})
	return w.collector.Start()
}

// throughKafka is scale-kafka-ingest.yaml, a broker in this process, and
// scale-kafka-correlate.yaml.
func throughKafka(w *scenarioRun, o Options, dir, backend string, _ *Scenario) error {
	broker, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(2, "cowork.events"))
	if err != nil {
		return err
	}
	w.stopBroker = broker.Close
	env := []string{"OTLP_ENDPOINT=http://" + backend, pageInMemory, "KAFKA_BROKERS=[" + strings.Join(broker.ListenAddrs(), ", ") + "]"}
	c, err := example(o, filepath.Join(dir, "correlate"), "scale-kafka-correlate.yaml", short)
	if err != nil {
		return err
	}
	c.Env = env
	w.others = append(w.others, c)
	if err := c.Start(); err != nil {
		return err
	}
	if w.collector, err = example(o, filepath.Join(dir, "ingest"), "scale-kafka-ingest.yaml", ""); err != nil {
		return err
	}
	w.collector.Env = env
	return w.collector.Start()
}

// example returns a collector with an example and a further configuration.
func example(o Options, dir, name, more string) (*process.Collector, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	configs := []string{filepath.Join(o.Root, "distro/examples", name)}
	if more != "" {
		file := filepath.Join(dir, "more.yaml")
		if err := os.WriteFile(file, []byte(more), 0o600); err != nil {
			return nil, err
		}
		configs = append(configs, file)
	}
	return process.New(o.Binary, dir, configs...)
}
