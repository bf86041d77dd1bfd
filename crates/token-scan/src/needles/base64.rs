//! Base64 of a text that holds a known one, at each of the three alignments.

/// The characters that a known text becomes where a number of bytes precedes it in its group of three, as far as
/// they depend on nothing else, and how to read on after them.
#[derive(Clone)]
pub struct Base64 {
    /// The characters to search for.
    pub pattern: Vec<u8>,
    /// The bits of the known text that the character after the pattern begins with.
    begun: u32,
    /// How many bits those are: 0, 2 or 4.
    bits: u32,
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Base64 {
    /// The three alignments of a text.
    pub fn of(text: &[u8]) -> [Self; 3] {
        [0, 1, 2].map(|before| Self::aligned(text, before))
    }

    fn aligned(text: &[u8], before: usize) -> Self {
        let bits = |at: usize| u32::from(text[at / 8] >> (7 - at % 8) & 1);
        let first = (6 - before * 8 % 6) % 6;
        let groups = (text.len() * 8 - first) / 6;
        let number = |range: std::ops::Range<usize>| range.fold(0, |sum, at| sum << 1 | bits(at));
        let pattern = (0..groups).map(|group| {
            let start = first + group * 6;
            ALPHABET[number(start..start + 6) as usize]
        });
        let end = first + groups * 6;
        let left = text.len() * 8 - end;
        Self {
            pattern: pattern.collect(),
            begun: number(end..text.len() * 8),
            bits: u32::try_from(left).unwrap_or_default(),
        }
    }

    /// The bytes after the known text, from the characters after the pattern, and how many characters those are. Ends
    /// after the byte of which `is_last` says so.
    pub fn decode_after(
        &self,
        rest: &[u8],
        mut is_last: impl FnMut(u8) -> bool,
    ) -> (Vec<u8>, usize) {
        let (mut text, mut read) = (Vec::new(), 0);
        let (mut sum, mut bits) = (0, 0);
        while let Some((six, length)) = next(&rest[read..]) {
            if read == 0 && six >> (6 - self.bits) != self.begun {
                return (text, 0);
            }
            // The first of these characters begins with the end of the known text.
            let fresh = if read == 0 { 6 - self.bits } else { 6 };
            (sum, bits) = (sum << fresh | six & ((1 << fresh) - 1), bits + fresh);
            read += length;
            if bits >= 8 {
                bits -= 8;
                let byte = u8::try_from(sum >> bits).unwrap_or_default();
                text.push(byte);
                sum &= (1 << bits) - 1;
                if is_last(byte) {
                    break;
                }
            }
        }
        (text, read)
    }
}

/// The next six bits, and how many bytes they take: a line may end, and the next one be indented, before them. In a
/// string of a program or of JSON, the line end is written as `\n`.
fn next(rest: &[u8]) -> Option<(u32, usize)> {
    let mut blank = 0;
    loop {
        let here = &rest[blank..];
        let escapes = here.iter().take_while(|byte| **byte == b'\\').count();
        blank += match here.get(escapes)? {
            b'\r' | b'\n' => here.iter().take_while(|byte| byte.is_ascii_whitespace()).count(),
            b' ' | b'\t' if blank > 0 => 1,
            b'r' | b'n' if escapes > 0 => escapes + 1,
            _ => break,
        }
        .max(1);
    }
    let six = match *rest.get(blank)? {
        byte @ b'A'..=b'Z' => byte - b'A',
        byte @ b'a'..=b'z' => byte - b'a' + 26,
        byte @ b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some((u32::from(six), blank + 1))
}
