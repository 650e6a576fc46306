"""Pictures are drawn anew from their dots alone: what else came with them stays behind.

So nothing hides behind the picture, and where and when it was taken is not told.
"""

import warnings
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from factory.files.kinds import JPEG, PNG
from factory.files.refusals import refused

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_MILLIONS = 50
LONGEST_SIDE = 1600
SRGB = ImageCms.createProfile("sRGB")


def redrawn(content, *, longest=LONGEST_SIDE, drawing=False):
    """``(bytes, kind, size)`` of the picture, upright and not larger than a page needs.

    A ``drawing``, such as a logo, keeps its sharp edges; so does what one can see through.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _opened(content, longest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused("pixels", most=MOST_MILLIONS) from None
    kind = PNG if drawing or image.mode == "RGBA" else JPEG
    out = BytesIO()
    if kind == PNG:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return out.getvalue(), kind, image.size


def _opened(content, longest):
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as found:
            if found.width * found.height > MOST_MILLIONS * 1_000_000:
                raise Image.DecompressionBombError
            found.draft("RGB", (longest, longest))  # a JPEG is read no larger than needed
            return _dots(found, longest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise
    except Exception:  # decoders of damaged files raise anything
        raise refused("broken") from None


def _dots(found, longest):
    """The dots in a new picture that knows nothing of the old one."""
    upright = ImageOps.exif_transpose(_in_srgb(found))
    upright.thumbnail((longest, longest))
    see_through = upright.has_transparency_data
    upright = upright.convert("RGBA" if see_through else "RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return clean


def _in_srgb(image):
    """The same colours without the profile that describes them."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
