from django.views.generic import View


class AnswerView(View):
    pass
