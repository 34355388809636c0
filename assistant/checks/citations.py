"""The legal sources that rules rest on, under one short key each."""

from __future__ import annotations

__all__ = ["CITATIONS", "citation"]

CITATIONS: dict[str, str] = {
    "format": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
    "format_tables": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）所附表格",
    "format_balance": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）第三部分表格所印勾稽关系",
    "format_overview": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）关于“总体情况”的要求",
    "format_problems": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）关于“存在的主要问题及改进情况”的要求",
    "format_fee": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）关于收取信息处理费情况的要求；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "format_figures": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）关于数据统计截至当年12月31日、内容真实准确的要求",
    "regulation_17": "《中华人民共和国政府信息公开条例》第十七条（公开前的保密审查）",
    "regulation_15": "《中华人民共和国政府信息公开条例》第十五条（涉及个人隐私的信息）；《中华人民共和国个人信息保护法》",
    "regulation_20": "《中华人民共和国政府信息公开条例》第二十条",
    "regulation_49": "《中华人民共和国政府信息公开条例》第四十九条",
    "regulation_50": "《中华人民共和国政府信息公开条例》第五十条",
    "legislation": "《中华人民共和国立法法》关于规章制定权限的规定",
    "punctuation": "《标点符号用法》（GB/T 15834—2011）；《党政机关公文格式》（GB/T 9704—2012）",
    "numerals": "《出版物上数字用法》（GB/T 15835—2011）",
    "language": "《党政机关公文处理工作条例》关于表述准确、文字精练的要求",
    "practice": "审核工作惯例（不属于强制性规定，可在配置中调整）",
}


def citation(key: str) -> str:
    """The full name of a source; KeyError when the key is not in the table."""
    return CITATIONS[key]
