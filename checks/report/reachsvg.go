package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
)

// svgStyle is the look of the picture on paper: plain, and told apart without
// colour too.
const svgStyle = `text{font:12px sans-serif;fill:#1b2421}.h{font-weight:bold;fill:#55615c}.b{fill:#fff;stroke:#7c8883}` +
	`.f{fill:#fbe9e7;stroke:#b3261e;stroke-width:2}.i{fill:#fff;stroke:#b3261e;stroke-width:3}.s{font-weight:bold}` +
	`.l{fill:none;stroke:#d5dad6}.r{fill:none;stroke:#b3261e;stroke-width:1.4}` +
	`.w .f{fill:#fff3da;stroke:#7a4b00}.w .i{stroke:#7a4b00}.w .r{stroke:#7a4b00}`

// SVG draws the reach picture: the one of the window, for a report or a file of
// its own. Every word is escaped; the picture is masked as it was made. It holds
// no script and loads nothing.
func SVG(w io.Writer, p *picture.Picture, t *text.Printer) error {
	var b strings.Builder
	class := ""
	if p.Question() == reach.Lose {
		class = ` class="w"`
	}
	title := escape(t.T("picture.title"))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" `+
		`role="img" aria-label="%s">`+"\n", p.Width, p.Height, p.Width, p.Height, title)
	fmt.Fprintf(&b, "<title>%s</title><style>%s</style><g%s>\n", title, svgStyle, class)
	for _, falls := range []bool{false, true} { // what falls is drawn over the rest
		for _, e := range p.Edges {
			if e.Falls == falls {
				svgLine(&b, e)
			}
		}
	}
	for _, h := range p.Heads {
		svgWords(&b, "h", h.Box.X, h.Box.Y+picture.FontSize, h.Text)
	}
	for _, it := range p.Items {
		svgBox(&b, it)
	}
	b.WriteString("</g></svg>\n")
	_, err := io.WriteString(w, text.VisibleLines(b.String()))
	return err
}

func svgLine(b *strings.Builder, e picture.Edge) {
	class := "l"
	if e.Falls {
		class = "r"
	}
	points := make([]string, len(e.Points))
	for i, p := range e.Points {
		points[i] = fmt.Sprintf("%.1f,%.1f", p.X, p.Y)
	}
	fmt.Fprintf(b, `<polyline class="%s" points="%s"/>`+"\n", class, strings.Join(points, " "))
}

func svgBox(b *strings.Builder, it picture.Item) {
	class := map[picture.State]string{picture.Calm: "b", picture.Hand: "i", picture.Falls: "f"}[it.State]
	words := ""
	if it.State != picture.Calm || it.Role >= picture.Group {
		words = "s"
	}
	x := it.Box
	fmt.Fprintf(b, `<g><title>%s</title><rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`,
		escape(it.Name), class, x.X, x.Y, x.W, x.H)
	y := x.Y + (x.H-float32(len(it.Lines))*picture.LineHeight)/2 + picture.FontSize
	for _, line := range it.Lines {
		svgWords(b, words, x.X+picture.Inset, y, line)
		y += picture.LineHeight
	}
	b.WriteString("</g>\n")
}

func svgWords(b *strings.Builder, class string, x, y float32, words string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(b, `<text%s x="%.1f" y="%.1f">%s</text>`, class, x, y, escape(words))
}

// escape makes words safe as text and as an attribute.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}
