"""Makes pictures of pages as people look at them: upright, and small enough to be kept."""

from io import BytesIO

from PIL import Image

from worker.reading.layout.places import QUARTER_TURN

MAX_BYTES = 120_000  # a page
MAX_WIDTH_PIXELS, MAX_HEIGHT_PIXELS = 935, 1_400
# Tried in this order until the picture is small enough: pages of text are at the first, only photos need the others.
QUALITIES = (60, 40, 20, 5)
FASTEST = 0  # of WebP's methods; the slower ones save a fifth of the bytes and take twice as long or more
# Of a page that was photographed askew; nobody sees a smaller angle, and turning a picture takes time.
MIN_TILT_DEGREES = 0.2


def rotate_picture(picture: Image.Image, degrees: float) -> Image.Image:
    """Return a picture rotated clockwise; quarter turns rotate its bounds as well, other angles what is in them."""
    quarters = round(degrees / QUARTER_TURN)
    upright = picture.rotate(-QUARTER_TURN * quarters, expand=True) if quarters % 4 else picture
    tilt = degrees - QUARTER_TURN * quarters
    if abs(tilt) < MIN_TILT_DEGREES:
        return upright
    return upright.convert("RGB").rotate(-tilt, Image.Resampling.BILINEAR, fillcolor="white")


def encode_picture(picture: Image.Image) -> bytes:
    """Return a picture of a page as WebP, in no more bytes than a page may have."""
    page = picture.convert("RGB")
    page.thumbnail((MAX_WIDTH_PIXELS, MAX_HEIGHT_PIXELS))
    encoded = b""
    for quality in QUALITIES:
        buffer = BytesIO()
        page.save(buffer, "WEBP", quality=quality, method=FASTEST)
        encoded = buffer.getvalue()
        if len(encoded) <= MAX_BYTES:
            break
    return encoded
