package token

import "strings"

// azureMarks are the service and the version at a fixed offset in the keys of Azure.
var azureMarks = []struct {
	mark     string
	at, size int
}{
	{"AZDO", 76, 84},   // DevOps
	{"JQQJ99", 52, 84}, // any, of the form that all are to have
	{"AzSe", 42, 52},   // Search
	{"AzFu", 44, 56},   // Functions
	{"+ACR", 42, 52},   // Container Registry
	{"AzCa", 33, 44},   // Cache
	{"AIoT", 33, 44},   // IoT
	{"+AEh", 33, 44},   // Event Hubs
	{"+ASb", 33, 44},   // Service Bus
	{"+ARm", 33, 44},   // Relay
	{"+ASt", 76, 88},   // Storage
	{"ACDb", 76, 88},   // Cosmos DB
	{"+ABa", 76, 88},   // Batch
}

// isAzureKey reports whether a token has the mark of a service of Azure.
func isAzureKey(token string) bool {
	for _, m := range azureMarks {
		if len(token) == m.size && strings.HasPrefix(token[m.at:], m.mark) {
			return true
		}
	}
	return false
}
