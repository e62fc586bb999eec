//! What a text in HTML says to a reader, as plain text: nothing in it is kept that a browser would act on.

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Elements whose content is nothing to read.
const UNREAD: &[&str] = &["head", "script", "style", "template"];
/// Entities that letters are written with; others are told by number.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("copy", "©"),
    ("gt", ">"),
    ("hellip", "…"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rsquo", "’"),
    ("trade", "™"),
];
/// An entity is no longer than this.
const LONGEST: usize = 10;

/// The text of a piece of HTML: a line for each block, a dash before the points of a list, one blank between words.
pub fn plain(html: &str) -> String {
    let (mut lines, mut rest) = (Lines::default(), html);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '<' => tag(&mut lines, after).unwrap_or_else(|| {
                lines.put('<');
                after
            }),
            '&' => entity(&mut lines, after).unwrap_or_else(|| {
                lines.put('&');
                after
            }),
            other => {
                lines.put(other);
                after
            }
        };
    }
    lines.text.trim_end().to_owned()
}

/// Text as it grows.
#[derive(Default)]
struct Lines {
    text: String,
    /// A blank or a new line that is due before the next word.
    gap: Option<char>,
}

impl Lines {
    fn put(&mut self, c: char) {
        if c.is_whitespace() || c.is_control() {
            self.gap = self.gap.or(Some(' '));
            return;
        }
        if let Some(gap) = self.gap.take().filter(|_| !self.text.is_empty()) {
            self.text.push(gap);
        }
        self.text.push(c);
    }

    fn end_line(&mut self) {
        self.gap = Some('\n');
    }
}

/// Reads a tag or a comment after its `<`; answers what comes behind it. None when it is no tag.
fn tag<'t>(lines: &mut Lines, text: &'t str) -> Option<&'t str> {
    if let Some(comment) = text.strip_prefix("!--") {
        return Some(comment.split_once("-->").map_or("", |(_, behind)| behind));
    }
    let (is_end, name) = match text.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, text),
    };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || (c == '!' && !is_end)) {
        return None;
    }
    let behind = behind_tag(name)?;
    let length = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = name[..length.unwrap_or(name.len())].to_ascii_lowercase();
    if UNREAD.contains(&name.as_str()) && !is_end {
        return Some(behind_element(behind, &name));
    }
    if BLOCKS.contains(&name.as_str()) {
        lines.end_line();
    } else if matches!(name.as_str(), "td" | "th") {
        lines.put(' ');
    }
    if name == "li" && !is_end {
        lines.put('-');
        lines.put(' ');
    }
    Some(behind)
}

/// What comes behind a tag's `>`, which may also stand within a quoted value.
fn behind_tag(text: &str) -> Option<&str> {
    let mut quote = None;
    for (place, c) in text.char_indices() {
        match (c, quote) {
            ('>', None) => return text.get(place + 1..),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// What comes behind the end of an element that is not read; nothing when it never ends.
fn behind_element<'t>(text: &'t str, name: &str) -> &'t str {
    let is_end = |place: usize| {
        let tag = text.get(place + 2..place + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let end = text.match_indices("</").find(|(place, _)| is_end(*place));
    end.and_then(|(place, _)| behind_tag(&text[place + 2..]))
        .unwrap_or("")
}

/// Reads an entity after its `&`; answers what comes behind it. None when it is none that is known.
fn entity<'t>(lines: &mut Lines, text: &'t str) -> Option<&'t str> {
    let (name, behind) = text.split_once(';').filter(|(name, _)| name.len() <= LONGEST)?;
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        lines.put(char::from_u32(number)?);
        return Some(behind);
    }
    let (_, text) = ENTITIES.iter().find(|(known, _)| *known == name)?;
    text.chars().for_each(|c| lines.put(c));
    Some(behind)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html_says_as_plain_text_what_it_says_to_a_reader() {
        let table = [
            ("plain", "plain"),
            ("", ""),
            (
                "<p>One  two\n three</p><P class=\"a>b\">Four</P>",
                "One two three\nFour",
            ),
            ("a<br>b<br/><br />c", "a\nb\nc"),
            ("<ul><li>one</li><li><b>t</b>wo</li></ul>end", "- one\n- two\nend"),
            ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a b\nc"),
            (
                "x &lt;b&gt; &amp;lt; &quot;&#39;&#x41;&nbsp;&eacute; & &; &bogus",
                "x <b> &lt; \"'A &eacute; & &; &bogus",
            ),
            ("1 < 2 and <3 <", "1 < 2 and <3 <"),
            ("a<!-- <p>b</p> -->c<!-- never ended", "ac"),
            (
                "<style>p { a: b }</style>a<SCRIPT>if (a</b) x()</Script >b<script>c",
                "ab",
            ),
            ("<a href='https://x.example/?a=1&b=2'>here</a>.", "here."),
            ("&#27;[31mred&#0;&#x110000;", "[31mred &#x110000;"),
            ("<!DOCTYPE html><p>ž</p>", "ž"),
            ("never <b ended", "never <b ended"),
        ];
        for (html, text) in table {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
