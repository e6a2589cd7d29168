"""Views that only these tests have."""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.template import Context, Template
from django.template.response import SimpleTemplateResponse
from django.urls import path

from foundation import access
from foundation.errors import NotAllowed
from tests.foundation.models import Letter, Line


def names(_request):
    return HttpResponse(", ".join(letter.name for letter in Letter.objects.select_related("data_key")))


class LateResponse(SimpleTemplateResponse):
    """Reads while it is rendered, after the view has returned."""

    def resolve_template(self, template):
        return Template(template)

    @property
    def rendered_content(self):
        return self.resolve_template(self.template_name).render(Context(self.context_data))


def late(_request):
    return LateResponse("{% for letter in letters %}{{ letter.name }}{% endfor %}", {"letters": Letter.objects.all()})


def streamed(_request):
    return StreamingHttpResponse(letter.name for letter in Letter.objects.order_by("id"))


def file(_request):
    return FileResponse(open(__file__, "rb"))


def nothing(_request):
    return HttpResponse("nothing personal")


def refused(_request):
    raise NotAllowed(Letter.objects.order_by("id").first().name)


def for_organisation(request):
    access.acting_for(77)
    return names(request)


def write(_request):
    Line.objects.create(text="written")
    return HttpResponse("written")


def cached(_request):
    return HttpResponse("open data", headers={"Cache-Control": "public, max-age=60"})


urlpatterns = [
    path("names/", names, name="names"),
    path("late/", late, name="late"),
    path("streamed/", streamed, name="streamed"),
    path("file/", file, name="file"),
    path("nothing/", nothing, name="nothing"),
    path("refused/", refused, name="refused"),
    path("for-organisation/", for_organisation, name="for_organisation"),
    path("write/", write, name="write"),
    path("cached/", cached, name="cached"),
]
