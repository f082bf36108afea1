package reconcile

import "math"

// impossible is the cost of a pair that must not be assigned.
const impossible = int64(1) << 50

// hungarian returns the column of each row at minimum total cost, by the Hungarian
// algorithm with potentials in time rows² × columns. There are at least as many columns as
// rows.
func hungarian(costs [][]int64) []int {
	if len(costs) == 0 {
		return nil
	}
	n, m := len(costs), len(costs[0])
	rowPotential, columnPotential := make([]int64, n+1), make([]int64, m+1)
	rowAt, previous := make([]int, m+1), make([]int, m+1)
	least, used := make([]int64, m+1), make([]bool, m+1)
	for row := 1; row <= n; row++ {
		rowAt[0] = row
		for j := range least {
			least[j], used[j] = math.MaxInt64, false
		}
		column := 0
		for rowAt[column] != 0 {
			used[column] = true
			at, delta, next := rowAt[column], int64(math.MaxInt64), 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if reduced := costs[at-1][j-1] - rowPotential[at] - columnPotential[j]; reduced < least[j] {
					least[j], previous[j] = reduced, column
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					rowPotential[rowAt[j]] += delta
					columnPotential[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			column = next
		}
		for column != 0 {
			rowAt[column] = rowAt[previous[column]]
			column = previous[column]
		}
	}
	result := make([]int, n)
	for j := 1; j <= m; j++ {
		if rowAt[j] != 0 {
			result[rowAt[j]-1] = j - 1
		}
	}
	return result
}
