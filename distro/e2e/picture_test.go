package e2e

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// reduced returns a picture as a small PNG. A page has few colours and many shades at the
// edges of letters. The most used colours replace the shades, and some evenly distributed
// colours replace those far from all of them.
func reduced(t *testing.T, screenshot []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(screenshot))
	require.NoError(t, err)
	few := image.NewPaletted(full.Bounds(), append(mostUsed(full, 131), everywhere()...))
	nearest := map[color.RGBA]uint8{}
	for y := full.Bounds().Min.Y; y < full.Bounds().Max.Y; y++ {
		for x := full.Bounds().Min.X; x < full.Bounds().Max.X; x++ {
			c := coarse(full.At(x, y))
			index, known := nearest[c]
			if !known {
				index = uint8(few.Palette.Index(c))
				nearest[c] = index
			}
			few.SetColorIndex(x, y, index)
		}
	}
	var small bytes.Buffer
	require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, few))
	return small.Bytes()
}

// mostUsed returns the most frequent colours of a picture.
func mostUsed(picture image.Image, n int) color.Palette {
	uses := map[color.RGBA]int{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			uses[coarse(picture.At(x, y))]++
		}
	}
	order := slices.SortedFunc(maps.Keys(uses), func(a, b color.RGBA) int {
		return cmp.Or(uses[b]-uses[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range order[:min(n, len(order))] {
		palette = append(palette, c)
	}
	return palette
}

// everywhere returns 125 evenly distributed colours.
func everywhere() (cube color.Palette) {
	steps := []uint8{3, 67, 131, 195, 255}
	for _, r := range steps {
		for _, g := range steps {
			for _, b := range steps {
				cube = append(cube, color.RGBA{r, g, b, 255})
			}
		}
	}
	return cube
}

// coarse rounds a colour by an invisible amount, except near white.
func coarse(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	round := func(v uint32) uint8 { return uint8(v>>8) | 3 }
	return color.RGBA{round(r), round(g), round(b), 255}
}

// TestReduced checks that a picture with too many colours changes only invisibly.
func TestReduced(t *testing.T) {
	full := image.NewRGBA(image.Rect(0, 0, 200, 200))
	for i := range 200 * 200 {
		full.Set(i%200, i/200, color.RGBA{uint8(i % 200), uint8(i / 200), 90, 255})
	}
	for i := range 200 * 100 {
		full.Set(i%200, i/200, color.RGBA{250, 250, 250, 255})
	}
	var before bytes.Buffer
	require.NoError(t, png.Encode(&before, full))
	after := reduced(t, before.Bytes())
	small, err := png.Decode(bytes.NewReader(after))
	require.NoError(t, err)
	require.Equal(t, full.Bounds(), small.Bounds())
	require.IsType(t, &image.Paletted{}, small)
	r, _, _, _ := small.At(5, 5).RGBA()
	require.InDelta(t, 250, r>>8, 3)
	r, g, _, _ := small.At(150, 150).RGBA()
	require.InDelta(t, 150, r>>8, 35)
	require.InDelta(t, 150, g>>8, 35)
}
